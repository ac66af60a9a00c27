"""Two commands that do everything, with nothing but Python and its package registry.

    python3 packaging/start.py         set up, do the main job on the sample study, open the window
    python3 packaging/start.py test    set up, then run every check and test

Only the standard library is used here, since nothing else may be installed yet. The first lines
run on any Python 3, so that an old one is answered with a sentence and not with a syntax error.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this is the check that old versions must reach
    sys.exit(
        "Workbench needs Python 3.11 or newer; this is Python %d.%d.\n"  # noqa: UP031
        "Install a newer one from python.org or with your system's package manager, "
        "then run this command with it, for example: python3.12 packaging/start.py"
        % sys.version_info[:2]
    )

import argparse
from pathlib import Path

import checks
import console
import environment
import main_job
import system_libraries

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    """Set up what is missing, then do the main job or run the checks.

    Returns:
        0 when all went well, 1 when something failed; the reason is on the screen.
    """
    options = _parse(arguments)
    testing = options.job == "test"
    try:
        libraries = system_libraries.provide(testing=testing)
        python = environment.provide(
            ROOT, extras={"speech", "private", "dev"} if testing else {"speech", "private"}
        )
        if testing:
            return checks.run_all(ROOT, python, only=options.only)
        return main_job.run(
            python, study=options.out, fresh=options.fresh, window_works=libraries.window_works
        )
    except console.SetupError as error:
        console.fail(str(error))
        return 1
    except KeyboardInterrupt:
        console.fail("Stopped. Run the same command again to go on from here.")
        return 1


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="packaging/start.py", description="Set up Workbench and start it, or test it."
    )
    parser.add_argument(
        "job", nargs="?", choices=["start", "test"], default="start", help="default: start"
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=main_job.DEFAULT_STUDY,
        metavar="FOLDER.study",
        help="where the sample study is made (default: %(default)s)",
    )
    parser.add_argument(
        "--fresh", action="store_true", help="make the sample study again; the earlier one is kept"
    )
    parser.add_argument(
        "--only",
        action="append",
        choices=[check.name for check in checks.CHECKS],
        help="with test: run this check alone (may be repeated)",
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
