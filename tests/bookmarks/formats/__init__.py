"""What is read from files of other programs, in all their dialects."""
