"""What an activity must be: manifest, snapshot, metrics, the rules contract, publishing, conformance and ports.

Knows no activity kind; the registry in `project` names them.
"""
