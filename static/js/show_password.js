// Puts a button after each password input marked data-show-password that shows what was typed.
for (const input of document.querySelectorAll("input[data-show-password]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "show_password";
  button.setAttribute("aria-controls", input.id);
  const tell = () => {
    const hidden = input.type === "password";
    button.textContent = hidden ? "show" : "hide";
    button.setAttribute("aria-label", hidden ? "Show password" : "Hide password");
  };
  button.addEventListener("click", () => {
    input.type = input.type === "password" ? "text" : "password";
    tell();
    input.focus();
  });
  // A shown password must not be kept by the browser as one typed into a text field.
  input.form.addEventListener("submit", () => { input.type = "password"; });
  tell();
  input.after(button);
}
