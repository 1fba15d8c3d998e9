"""导入 in the frame, for those who keep the register."""

from common.web.navigation import OFFICE, register_entry
from desk.imports.policies import may_import

register_entry("imports", "导入", "desk:imports", 110, group=OFFICE, visible=may_import)
