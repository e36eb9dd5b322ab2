"""What people see of reading lists, and the forms by which they are made."""
