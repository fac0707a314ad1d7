"""What people see on every surface: tokens, frames, figures, small tags. Not pages: those belong to the rooms above."""
