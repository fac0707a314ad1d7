"""The bank's pages for organisers: list, edit, review, import, export, statistics."""
