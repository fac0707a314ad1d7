"""What we intend: the plan reader and its check, and the campaign that a confirmed plan becomes."""
