"""A figure as a whole SVG document in given colours, for a sheet; pages draw theirs by the template tag."""

from __future__ import annotations

from cyberweek.ui import figure


def engrave(seed: str, theme: int, size: str, *, ink: str, river: str, fade: float = 1) -> str:
    """Contours in one colour, rivers in another; `fade` below 1 lets the contours stand back behind words."""
    drawn, line = figure.draw(seed, theme, size), figure.SIZES[size].line
    rings = "".join(f'<path d="{each.path}" opacity="{each.weight}"/>' for each in drawn.contours)
    rivers = "".join(f'<path d="{each}"/>' for each in drawn.rivers)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawn.width} {drawn.height}">'
        f'<g fill="none" stroke="{ink}" stroke-width="{line}" stroke-linejoin="round" opacity="{fade}">'
        f'<path d="{drawn.outline}" stroke-width="{line * 1.8:g}"/>{rings}</g>'
        f'<g fill="none" stroke="{river}" stroke-width="{drawn.river_width}" stroke-linecap="round">{rivers}</g></svg>'
    )
