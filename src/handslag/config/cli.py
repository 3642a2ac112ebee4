"""The command line `handslag`. The pure commands start without Django or a database."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 when it did what was asked, 2 for bad input, 1 for a fault."""
    options = _parser().parse_args(arguments)
    command: Command = options.run
    return command(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="handslag", description="Handslag: an open platform for municipal social services."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: Command, words: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=words, description=words)
        made.set_defaults(run=run)
        return made

    add("assess", _assess, "compute economic aid for one month from a case file (no database)").add_argument(
        "case"
    )
    add("clocks", _clocks, "show legal clocks from a file of events (no database)").add_argument("events")
    reconcile = add(
        "reconcile", _reconcile, "find the cells that keep a printed table from adding up (no database)"
    )
    reconcile.add_argument("table")
    reconcile.add_argument(
        "--role",
        action="append",
        default=[],
        metavar="COLUMN=EXPRESSION",
        help="a column is a sum or difference of others",
    )
    reconcile.add_argument(
        "--total",
        action="append",
        default=[],
        metavar="LABEL",
        help="a row that holds the sum of the rows above",
    )

    demo = add("demo", _demo, "start the demo municipality and print who to log in as")
    demo.add_argument("--size", type=int, default=27_000, help="inhabitants, up to 1 000 000")
    demo.add_argument("--years", type=int, default=5, help="years of history: whole calendar years of children's reports, and of aid")
    demo.add_argument("--seed", type=int, default=1, help="the same seed makes the same municipality")
    demo.add_argument("--port", type=int, default=None, help="the port to serve on")
    demo.add_argument("--fresh", action="store_true", help="throw the demo data away and begin anew")
    serve = add("serve", _serve, "start the product: database, web and workers")
    serve.add_argument("--port", type=int, default=None, help="the port to serve on")
    add("worker", _worker, "run one worker for jobs and schedules")
    database = add("database", _database, "prepare the database, or run a command with its owner's address")
    database.add_argument("what", choices=["prepare", "address"])
    stats = add("stats", _django("stats"), "let the statistics follow the casework now")
    stats.add_argument("what", choices=["refresh"])
    add("verify-log", _django("verify_log"), "recompute the seals of the event log")
    add("replay", _django("replay"), "recompute every stored decision and list differences")
    simulate = add("simulate", _simulate, "sums over the town with another figure or setting (changes nothing)")
    simulate.add_argument("month", help="year-month, such as 2026-03")
    simulate.add_argument(
        "--figure", action="append", default=[], metavar="KEY=VALUE", help="such as norm.adult.single=4500"
    )
    simulate.add_argument(
        "--setting", action="append", default=[], metavar="KEY=CHOICE", help="such as lodger_rounding=krona_up"
    )
    add("assets", _assets, "fetch and build the front-end files and the translations")
    add("messages", _messages, "gather new texts into the translation catalogues, and compile them")
    manage = add("manage", _manage, "run a Django command with the owner's connection")
    manage.add_argument("rest", nargs=argparse.REMAINDER)
    return parser


def _tell(answer: tuple[int, str]) -> int:
    sys.stdout.write(answer[1].rstrip("\n") + "\n")
    return answer[0]


def _assess(options: argparse.Namespace) -> int:
    from handslag.income_support import case_file

    return _tell(case_file.main(options.case))


def _clocks(options: argparse.Namespace) -> int:
    from handslag.casework import clock_file

    return _tell(clock_file.main(options.events))


def _reconcile(options: argparse.Namespace) -> int:
    from handslag.governance import table_file

    return _tell(table_file.main(options.table, options.role, options.total))


def _demo(options: argparse.Namespace) -> int:
    os.environ["HANDSLAG_MODE"] = "demo"
    from handslag.config import serve

    return serve.demo(
        size=options.size, years=options.years, seed=options.seed, port=options.port, fresh=options.fresh
    )


def _serve(options: argparse.Namespace) -> int:
    from handslag.config import serve

    return serve.serve(port=options.port)


def _worker(options: argparse.Namespace) -> int:
    from handslag.config import serve

    return serve.worker()


def _database(options: argparse.Namespace) -> int:
    from handslag.config import serve

    return serve.database(options.what)


def _django(module: str) -> Command:
    def run(options: argparse.Namespace) -> int:
        from importlib import import_module

        from handslag.config import serve

        with serve.with_database():
            return int(import_module(f"handslag.config.commands.{module}").main())

    return run


def _simulate(options: argparse.Namespace) -> int:
    from handslag.config import serve

    with serve.with_database():
        from handslag.config.commands import simulate

        return simulate.main(options.month, options.figure, options.setting)


def _assets(options: argparse.Namespace) -> int:
    from handslag.config import assets, messages

    assets.main()
    messages.compile_all()
    return 0


def _messages(options: argparse.Namespace) -> int:
    from handslag.config import messages

    return int(messages.main([]) or 0)


def _manage(options: argparse.Namespace) -> int:
    from handslag.config import serve

    with serve.with_database(keep_owner=True):
        from django.core.management import execute_from_command_line

        execute_from_command_line(["handslag manage", *options.rest])
    return 0


if __name__ == "__main__":
    sys.exit(main())
