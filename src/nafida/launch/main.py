"""The commands of `./nafida`. This process imports no Django: it stays small, the site cannot break it."""

import argparse
import os
import sys
from collections.abc import Callable

from nafida.launch.check import check
from nafida.launch.environment import ROOT, Refusal, check_environment, data_folder, enter, make_secret_key
from nafida.launch.setup import compile_translations
from nafida.launch.suite import suite
from nafida.launch.tree import manage
from nafida.launch.up import up

USAGE = """usage: ./nafida COMMAND

  up [--host 127.0.0.1] [--port 8000] [--data var] [--province 02.113] [--demo]
                        set up what is missing and run everything until Ctrl-C;
                        --demo: with a year of invented cases, in a new data folder
  manage COMMAND …      Django's management commands, on the data folder in NAFIDA_DATA
  backup FILE           database and files into one file, while everything runs
  doctor                what must be done before citizens come; exit code 1 while there is something
  restore FILE          the reverse, into an empty data folder (--force: into any that is not in use)
  test [PYTEST …]       every test, on SQLite and on PostgreSQL
  check                 style, floors, types, migrations, translations
  bench [NAME …]        a measurement and its arguments; without a name, which there are

docs/operate.md has the environment variables."""


def _up(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./nafida up")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (%(default)s)")
    parser.add_argument("--data", help="data folder (NAFIDA_DATA, else var beside the sources)")
    parser.add_argument("--province", help="code or name of the province (NAFIDA_PROVINCE, else 02.113)")
    parser.add_argument("--demo", action="store_true", help="fill a new data folder with invented cases")
    options = parser.parse_args(arguments)
    if not 1 <= options.port <= 65535:
        raise Refusal(f"--port: {options.port} is not a port number from 1 to 65535.")
    folder = data_folder(options.data)
    enter(folder, options.province)
    return up(folder, options.host, options.port, demo=options.demo)


def _manage(arguments: list[str]) -> int:
    folder = data_folder()
    enter(folder)
    make_secret_key(folder)
    compile_translations()
    return _become(manage(*arguments))


def _backup(arguments: list[str]) -> int:
    enter(data_folder())
    return _become(manage("backup", *arguments))


def _doctor(arguments: list[str]) -> int:
    folder = data_folder()
    if not (os.environ.get("NAFIDA_SECRET_KEY") or (folder / "secret_key").exists()):
        raise Refusal(f"There is no Nafida in {folder} yet: start ./nafida up once.")
    enter(folder)
    compile_translations()
    return _become(manage("doctor", *arguments))


def _restore(arguments: list[str]) -> int:
    enter(data_folder())
    # Settings want a key; the folder must stay empty until the one in the backup is there.
    os.environ["NAFIDA_SECRET_KEY"] = "only for the moment of restoring"
    return _become(manage("restore", *arguments))


def _bench(arguments: list[str]) -> int:
    names = sorted(path.stem for path in (ROOT / "bench").glob("[a-z]*.py"))
    if not arguments:
        print("\n".join(names) or "There is nothing to measure yet.")
        return 0
    name, *more = arguments
    if name not in names:
        raise Refusal(f"There is no bench {name!r}; there is {', '.join(names) or 'none yet'}.")
    _use_checkout()
    compile_translations()
    return _become([sys.executable, "-m", f"bench.{name}", *more])


def _test(arguments: list[str]) -> int:
    _use_checkout()
    compile_translations()
    return suite(arguments)


def _check(arguments: list[str]) -> int:
    if arguments:
        raise Refusal("check takes no arguments.")
    _use_checkout()
    return check()


def _use_checkout() -> None:
    """Tests and measurements belong to the checkout: they see its top folder and run in it."""
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    os.chdir(ROOT)


def _become(command: list[str]) -> int:
    sys.stdout.flush()
    os.execv(command[0], command)


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "up": _up,
    "manage": _manage,
    "backup": _backup,
    "doctor": _doctor,
    "restore": _restore,
    "test": _test,
    "check": _check,
    "bench": _bench,
}


def main(arguments: list[str]) -> int:
    """Run one command; gives the exit code. A refusal is one line on the error stream."""
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(USAGE)
        return 0 if arguments else 1
    command = COMMANDS.get(arguments[0])
    try:
        if command is None:
            raise Refusal(f"There is no command {arguments[0]!r}; ./nafida help lists them.")
        check_environment(os.environ)
        return command(arguments[1:])
    except Refusal as refusal:
        if str(refusal):
            print(refusal, file=sys.stderr)
        return 1
