/** The files of a small pack that is right. */
export const goodPack: Readonly<Record<string, string>> = {
  'pack.yaml': `apiVersion: bailiwick.dev/v1alpha1
kind: DomainPack
metadata:
  name: library
spec:
  version: 1.0.0
  title: Library
  description: Books and their loans.
  owners: [group:default/librarians]
  vocabulary:
    - name: Isbn
      description: Number of a book.
      schema: { type: string, pattern: '^97[89][0-9]{10}$' }
      examples: ['9780131103627']
    - name: Count
      schema: { type: integer, minimum: 0 }
      examples: ['3']
    - name: Genre
      schema: { type: string }
  runtimes:
    - name: py
      image: bailiwick/python
      limits:
        { cpu: 500m, memory: 512Mi, seconds: 30, rows: 1000, concurrency: 4 }
  datasets:
    - name: books
      file: data/books.csv
      key: [isbn]
      licence: CC0-1.0, made up
  archetypes: [loans]
`,
  'data/books.csv': `isbn,genre,loans
9780131103627,code,3
9780262033848,code,2
9780306406157,prose,5
9780141439518,prose,7
9780679783268,prose,1
`,
  'archetypes/loans/archetype.yaml': `title: Loans
description: How often books are lent.
shape: function
runtime: py
minutes: 5
datasets: [books]
parameters:
  type: object
  required: [genre]
  ui:order: [genre, least]
  properties:
    genre:
      type: string
      title: Genre
      default: code
      x-bailiwick: { vocabulary: Genre, options: { dataset: books, column: genre } }
    least:
      title: Fewest loans
      default: 0
      x-bailiwick: { vocabulary: Count }
contract:
  functions:
    - name: loans
      result:
        kind: table
        key: [isbn]
        columns:
          - { name: isbn, type: Isbn }
          - { name: loans, type: Count }
    - name: total
      result: { kind: value }
example:
  - { isbn: '9780131103627', loans: 3 }
tests:
  - call: { function: loans }
    expect: { rows: 2, columns: [isbn, loans], first: { loans: 3 } }
  - answers: { genre: prose, least: 2 }
    call: { function: total }
    expect: { value: 12 }
`,
  'archetypes/loans/template/README.md.njk': `# \${{ values.title }}
`,
  'archetypes/loans/template/functions.py.njk': `"""Loans of books."""

import csv
from pathlib import Path
from typing import Annotated, TypedDict

from bailiwick import Key, Table

from vocabulary import Count, Isbn

BOOKS = Path(__file__).parent / "data" / "books.csv"


class Loan(TypedDict):
    """One book."""

    isbn: Annotated[Isbn, Key]
    loans: Count


def loans() -> Table[Loan]:
    """How often each book is lent."""
    with BOOKS.open() as file:
        return [
            {"isbn": row["isbn"], "loans": int(row["loans"])}
            for row in csv.DictReader(file)
            if row["genre"] == \${{ values.genre | python }} and int(row["loans"]) >= \${{ values.least }}
        ]


def total() -> int:
    """How many loans there are in all."""
    return sum(loan["loans"] for loan in loans())
`,
  'archetypes/loans/template/tests/test_functions.py': `"""Checks the loans."""

from bailiwick.testing import call


def test_lends_something() -> None:
    assert call("total") > 0
`,
};
