"""What the commands say: steps while they take long, and one sentence with a way out when something stops them."""

import errno
import sys

NO_SPACE_ERRNOS = {errno.ENOSPC, errno.EDQUOT}
NO_SPACE_SIGNS = ("No space left on device", "Disk quota exceeded")
NO_SPACE = "磁盘空间不足。请腾出至少 2 GB 空间后再试；也可用 YISHI_HOME=文件夹 把数据放到别的磁盘。"


class Stop(Exception):
    """Ends the command: one Chinese sentence that says what is wrong and what to do."""


def say(text: str) -> None:
    print(text, flush=True)


def step(text: str) -> None:
    """Announces a step that may take long."""
    say(f"· {text} ……")


def complain(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
