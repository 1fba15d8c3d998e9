"""Entry of the commands in bin/: runs one of them and turns what stops it into a sentence."""

import os
import sys

from _platform.speech import NO_SPACE, NO_SPACE_ERRNOS, Stop, complain


def main() -> int:
    # Folders and environments must be readable by the program's account, whatever the caller's umask.
    os.umask(0o022)
    for own in ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUTF8"):  # meant for this process, not for its children
        os.environ.pop(own, None)
    command, *arguments = sys.argv[1:]
    try:
        if command == "demo":
            from _platform.demo import main as run
        elif command == "manage":
            from _platform.manage import main as run
        elif command == "bench":
            from _platform.bench import main as run
        else:
            from _platform.testing import main as run
        return run(arguments)
    except Stop as stop:
        complain(f"\n{stop}")
    except PermissionError as error:
        if error.filename is None:
            raise
        complain(f"\n没有权限使用 {error.filename}。请用建立它的账号运行，或用 YISHI_HOME 另指一个文件夹。")
    except OSError as error:
        if error.errno not in NO_SPACE_ERRNOS:
            raise
        complain(f"\n{NO_SPACE}")
    except KeyboardInterrupt:
        complain("\n已中止。")
    return 1


sys.exit(main())
