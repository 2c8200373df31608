"""The learning curve as a picture."""

from collections.abc import Sequence
from pathlib import Path

WIDTH, HEIGHT, MARGIN = 640, 320, 40


def write_curve(losses: Sequence[tuple[int, float]], path: Path) -> None:
    """An SVG of (step, loss) points; nothing is written without a point."""
    if not losses:
        return
    last = max(step for step, _ in losses)
    highest = max(loss for _, loss in losses)

    def place(step: int, loss: float) -> str:
        x = MARGIN + (WIDTH - 2 * MARGIN) * step / max(1, last)
        y = HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * loss / max(highest, 1e-9)
        return f"{x:.1f},{y:.1f}"

    points = " ".join(place(step, loss) for step, loss in losses)
    axis = f"M{MARGIN},{MARGIN} V{HEIGHT - MARGIN} H{WIDTH - MARGIN}"
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>'
        f'<path d="{axis}" fill="none" stroke="black"/>'
        f'<polyline points="{points}" fill="none" stroke="#1a6b3c" stroke-width="1.5"/>'
        f'<text x="{MARGIN}" y="{MARGIN - 10}" font-size="12">loss (highest {highest:.2f})</text>'
        f'<text x="{WIDTH - MARGIN}" y="{HEIGHT - 10}" font-size="12" text-anchor="end">'
        f"step {last}</text></svg>\n",
        encoding="utf-8",
    )
