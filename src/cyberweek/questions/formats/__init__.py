"""Banks as files: one module for each format, all of one shape — `read(data)` gives outcomes, `write(drafts)` gives bytes.

No Django and no database: the same modules run in a confined process of their own.
"""
