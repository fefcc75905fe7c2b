"""Reads a file with openpyxl or pyarrow, and prints what it holds as JSON."""

import json
import sys
from typing import Any

import openpyxl
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


def parquet(path: str) -> dict[str, Any]:
    """Return types and rows of a Parquet file."""
    table = pyarrow.parquet.read_table(path)
    return {
        "types": {field.name: str(field.type) for field in table.schema},
        "rows": [{name: str(value) for name, value in row.items()} for row in table.to_pylist()],
    }


path = sys.argv[1]
print(json.dumps(workbook(path) if path.endswith(".xlsx") else parquet(path)))
