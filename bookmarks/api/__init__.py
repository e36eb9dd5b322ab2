"""The APIs for programs, each in a package of its own."""
