"""How long `regesta --help` takes to answer: a fresh process each time, wall clock."""

import json
import statistics
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

ROUNDS = 15
TARGET_MS = 200


def once(command: list[str]) -> float:
    """One run in milliseconds."""
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return (time.perf_counter() - started) * 1000


def main() -> None:
    """Print the median and the worst of the rounds, beside Python's own start."""
    regesta = [str(Path(sysconfig.get_path("scripts")) / "regesta"), "--help"]
    once(regesta)  # fills the file cache and the byte code
    ours = sorted(once(regesta) for _ in range(ROUNDS))
    bare = sorted(once([sys.executable, "-c", "pass"]) for _ in range(ROUNDS))
    median = statistics.median(ours)
    figure = {
        "what": "`regesta --help`, wall, median of 15",
        "target": f"≤ {TARGET_MS} ms",
        "reached": f"{median:.0f} ms (worst {ours[-1]:.0f})",
        "met": median <= TARGET_MS,
        "note": f"Python alone {statistics.median(bare):.0f} ms",
    }
    print(json.dumps({"figures": [figure]}))


if __name__ == "__main__":
    main()
