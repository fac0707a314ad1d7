"""The console: where the organiser sees what is late, and acts."""
