"""指导和督促 — who has to do what by when. A unit's task is a stream; its state is folded from its facts."""
