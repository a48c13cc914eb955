"""Print how many slips are found again: python -m tests.slips [--tries 200]."""

import argparse

from tests.slips.shares import share_of

CASES = [
    *((1, digits, (3, 6)) for digits in (2, 3, 4)),
    *((2, digits, (3, 6)) for digits in (2, 3, 4, 5)),
    *((3, digits, (6, 9)) for digits in (4, 5)),
]


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.slips", description=__doc__)
    parser.add_argument("--tries", type=int, default=200, help="how many exercises of each kind")
    tries = parser.parse_args().tries
    print("slips  digits  numbers  all explained  by themselves  a better one later  slowest")
    for count, digits, each in CASES:
        found = share_of(count, digits, tries, each)
        print(
            f"{count:5}  {digits:6}  {each[0]} to {each[1]}  {found.share:13.1%}  "
            f"{found.themselves / found.tried:13.1%}  {found.beaten:18}  "
            f"{found.slowest * 1e3:4.0f} ms",
            flush=True,
        )


if __name__ == "__main__":
    main()
