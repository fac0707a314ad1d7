"""A marker for translatable text, usable where Django must not be imported.

The Chinese source string is the message id; a view or template translates it when it is shown.
"""


def mark(message: str) -> str:
    """Return the message unchanged, so that it is found as translatable."""
    return message
