"""A rehearsal: residents, liaisons and the office of one whole week, as clients of a served house on a clock that jumps.

Imports no room that it rehearses: it knows addresses and forms, as people do. Never writes to the house but by its pages.
"""
