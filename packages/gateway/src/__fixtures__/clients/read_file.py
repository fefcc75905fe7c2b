"""Reads a file with openpyxl or pyarrow, and prints what it holds as JSON."""

import json
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.ipc
import pyarrow.parquet


def workbook(path: str) -> dict[str, Any]:
    """Return the sheets of a workbook: values, their types and number formats."""
    book = openpyxl.load_workbook(path)
    first = book.worksheets[0]
    return {
        "sheets": book.sheetnames,
        "frozen": first.freeze_panes,
        "rows": [[str(cell.value) for cell in row] for row in first.iter_rows()],
        "types": [cell.data_type for cell in first[2]],
        "formats": [cell.number_format for cell in first[2]],
        "about": [[cell.value for cell in row] for row in book.worksheets[1].iter_rows()],
    }


def arrow(path: str) -> dict[str, Any]:
    """Return types and rows of an Arrow IPC stream, after a check of all buffers."""
    with pyarrow.ipc.open_stream(path) as stream:
        table = stream.read_all()
    table.validate(full=True)
    return described(table)


def parquet(path: str) -> dict[str, Any]:
    """Return types and rows of a Parquet file."""
    return described(pyarrow.parquet.read_table(path))


def described(table: pyarrow.Table) -> dict[str, Any]:
    """Return types and rows of a table."""
    return {
        "types": {field.name: str(field.type) for field in table.schema},
        "rows": [{name: str(value) for name, value in row.items()} for row in table.to_pylist()],
    }


readers = {".arrow": arrow, ".parquet": parquet, ".xlsx": workbook}
path = Path(sys.argv[1])
print(json.dumps(readers[path.suffix](str(path))))
