"""Publishes a table, if it has an owner, a description and a test that passed today."""

import sys
from datetime import date

from lake import Table, tests_of


def refuse(table: Table) -> str | None:
    if not table.owner:
        return "has no owner"
    if len(table.description) < 40:
        return "says too little about itself"
    if not any(test.passed_on == date.today() for test in tests_of(table)):
        return "has no test that passed today"
    return None


if __name__ == "__main__":
    for name in sys.argv[1:]:
        table = Table.load(name)
        if reason := refuse(table):
            sys.exit(f"{name} {reason}")
        table.publish()
