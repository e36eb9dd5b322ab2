"""Reading lists as Markdown: read from any awesome-list, written as one."""
