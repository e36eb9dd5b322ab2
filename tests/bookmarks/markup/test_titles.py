"""TeX in titles: as formulas on pages, as plain characters elsewhere; whatever it tries."""

import time

import pytest
from bs4 import BeautifulSoup

from bookmarks.markup import Html, cut_outside_math, plain_title, with_math

pytestmark = pytest.mark.once

PLAIN = [
    ("$Q^*$ learning", "Q* learning"),
    ("ReLU$^2$ wins", "ReLU² wins"),
    (r"$\ell_\infty$", "ℓ∞"),
    ("u-$μ$P", "u-μP"),
    (r"u-$\mu$P", "u-μP"),
    (r"$\text{Memory}^3$: x", "Memory³: x"),
    (r"\(x\) and \[y\] and $$z$$", "x and y and z"),
    (r"$x^{10}$, $10^{-3}$, $x^{n+1}$, $L_q$", "x¹⁰, 10⁻³, x^{n+1}, L_q"),
    (r"$\frac{a+b}{2}$ $\sqrt{T}$ $\sqrt[3]{x}$", "(a+b)/2 √T ³√x"),
    (r"$\hat{x}$ $\tilde O(n \log n)$", "x̂ Õ(n log n)"),
    (r"$\mathbb R^d$, $\mathcal{L}$", "ℝ^d, ℒ"),
    (r"$a \le b$", "a ≤ b"),
    (r"\texttt{vLLM}, \textsf{x}, \emph{so \textbf{it} is}", "vLLM, x, so it is"),
    (r"50\% of R\&D in \textbf{x_y}", "50% of R&D in x_y"),
    (r"50% faster & \textit{cheaper}", "50% faster & cheaper"),
    (r"Erd\H{o}s, G\"odel, Schr{\"o}dinger", "Erdős, Gödel, Schrödinger"),
    (r"\L ukasz, \'{\i}, {\ss}", "Łukasz, í, ß"),
    (r"\$x$", "$x$"),
    (r"\href{http://a.example}{x} {", r"\href{http://a.example}{x} {"),
]  # fmt: skip
NO_TEX = [
    "costs $5 and $10",
    "$ 5$ and 5 $",
    "US$5, A$7",
    "from $a to $b",
    "a $ b $",
    r"C:\new\text",
    "50% faster",
    "R&D",
    "",
    "$",
    "$$",
    "$$$$",
    "one $x\n\ny$",
]
HOSTILE = [
    r"$\text{<img/src=x/onerror=alert(1)>}$",
    r"$\text{</mtext></mrow></math><script>alert(1)</script>}$",
    r"$\href{javascript:alert(1)}{x}$",
    r"$\style{position:fixed}{x}$",
    r"$\class{star}{x}$",
    r"$\color{red}{x}$",
    r'$\text{"onmouseover=alert(1)}$',
    r"$\mbox{<style>*{display:none}</style>}$",
    r"$\text{<svg onload=alert(1)>}$",
    r"$<script>alert(1)</script>$",
    r"<b>$x$</b>",
]
FORMULAS = {"p", "math", "mrow", "mi", "mn", "mo", "mtext", "mstyle"}
BROKEN = [
    "${$",
    "$x^$",
    "$}$",
    r"$\left($",
    r"$\begin{matrix}$",
    "$" + "{" * 21 + "x" + "}" * 21 + "$",
    "$" + r"\sqrt" * 90 + "$",
    "$" + "x" * 501 + "$",
    r"$\def\a{xx}\def\b{\a\a}\b$",
    r"$\newcommand{\a}{xx}\a$",
]


@pytest.mark.parametrize(("title", "plain"), PLAIN)
def test_a_title_in_plain_characters(title: str, plain: str) -> None:
    assert plain_title(title) == plain


@pytest.mark.parametrize("title", NO_TEX)
def test_what_is_no_tex_stays(title: str) -> None:
    assert plain_title(title) == title
    assert with_math(title) == title
    assert not isinstance(with_math(title), Html)


@pytest.mark.parametrize("title", HOSTILE)
def test_a_formula_brings_nothing_with_it(title: str) -> None:
    shown = with_math(title)
    assert isinstance(shown, Html)
    body = BeautifulSoup(shown, "lxml").body
    elements = body.find_all(True) if body else []
    assert {each.name for each in elements} <= FORMULAS
    assert {name for each in elements for name in each.attrs} <= {"display", "stretchy"}


@pytest.mark.parametrize("title", BROKEN)
def test_what_cannot_be_rendered_is_shown_as_typed(title: str) -> None:
    assert with_math(title) == title
    assert plain_title(title) == title


def test_formulas_are_put_between_escaped_words() -> None:
    assert with_math("a < $x$ & b") == (
        'a &lt; <math display="inline"><mrow><mi>x</mi></mrow></math> &amp; b'
    )


def test_commands_of_running_text_stay_where_they_are_meant() -> None:
    assert with_math(r"\textbf{a}") == "a"
    assert with_math(r"\textbf{a}", words=False) == r"\textbf{a}"


def test_a_text_has_a_measure_of_formulas() -> None:
    text = " ".join(f"$a_{{{number}}}$" for number in range(40))
    assert with_math(text, most=3).count("<math") == 3
    assert plain_title(text, most=1).startswith("a₀ $a_{1}$")


def test_no_formula_is_cut_in_two() -> None:
    text = "abc $x + y$ def"
    assert [cut_outside_math(text, place) for place in (3, 4, 6, 11, 13)] == [3, 4, 4, 11, 13]


@pytest.mark.parametrize(
    "bomb", ["$", "$$", "$x", "\\(", "\\[a", "\\", r"\textbf{", r"{\'", "$a\n"]
)
def test_no_text_takes_long(bomb: str) -> None:
    text = (bomb * 65_536)[:65_536]
    started = time.process_time()
    with_math(text)
    plain_title(text)
    assert time.process_time() - started < 0.5
