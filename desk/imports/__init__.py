"""导入: reads the office's own workbooks; every module here that is named in `reading.py` is pure, without the ORM."""
