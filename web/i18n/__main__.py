"""python -m web.i18n missing | python -m web.i18n add "中文" "English" """

import sys

from web.i18n.catalogue import add
from web.i18n.extract import missing


def main(arguments: list[str]) -> int:
    match arguments:
        case ["missing"]:
            gaps = missing()
            for msgid, place in gaps.items():
                print(f"{place}\t{msgid}")
            return 1 if gaps else 0
        case ["add", msgid, english]:
            if not add(msgid, english):
                print("already translated; to change it, edit the .po file", file=sys.stderr)
                return 1
            return 0
        case _:
            print(__doc__, file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
