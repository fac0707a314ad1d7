"""Settings, addresses, the registry and the entry points: wires every room, imported by none."""
