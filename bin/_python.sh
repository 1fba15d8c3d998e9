# Sourced by the commands: finds Debian's own Python, installing it on a bare system, and runs the platform with it.

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)

if [ ! -x /usr/bin/python3 ]; then
    if [ "$(id -u)" = 0 ]; then sudo=; else sudo=sudo; fi
    echo "· 安装 Python ……"
    if ! { $sudo apt-get -qq update && $sudo apt-get -qq -y --no-install-recommends install python3; } >/dev/null 2>&1; then
        echo "本机没有 Python，也没有装上。请用 root（或有 sudo 权限的账号）联网运行，或先执行 apt-get install python3。" >&2
        exit 1
    fi
fi

platform() {
    PYTHONPATH=$here PYTHONDONTWRITEBYTECODE=1 PYTHONUTF8=1 exec /usr/bin/python3 -m _platform "$@"
}
