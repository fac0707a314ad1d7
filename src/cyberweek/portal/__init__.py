"""The portal: what a resident opens on a phone."""
