"""Inserts many rows at once, without a model's instance for each. Import `insert_rows`, `rewrite`.

The writers of bookmarks.bulk_storing and bookmarks.importing use it where thousands of rows are
made: the ORM takes ten times as long for that as the database does.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from django.db import connection, models

# What the database drivers take as it is; the rest is made ready by its field.
PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)
# On PostgreSQL, whose driver puts all values into one statement.
ROWS_AT_ONCE = 2000

Row = Sequence[Any]


def insert_rows(
    model: type[models.Model],
    names: Sequence[str],
    rows: Sequence[Row],
    *,
    skip_known: bool = False,
) -> None:
    """Insert rows whose values are those of the attributes `names`; others get their defaults.

    With `skip_known`, rows that a constraint of uniqueness stands against are left out, else
    IntegrityError is raised. Nothing is validated.
    """
    if not rows:
        return
    given = [_field(model, name) for name in names]
    blank = model()
    others = [
        field
        for field in model._meta.local_concrete_fields
        if field not in given and not isinstance(field, models.AutoField)
    ]
    defaults = [
        field.get_db_prep_save(field.pre_save(blank, add=True), connection) for field in others
    ]
    ready = _ready(given)
    columns = ", ".join(f'"{field.column}"' for field in (*given, *others))
    end = " ON CONFLICT DO NOTHING" if skip_known else ""
    start = f'INSERT INTO "{model._meta.db_table}" ({columns})'
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join(["%s"] * (len(given) + len(others)))
            values = [[*ready(row), *defaults] for row in rows]
            cursor.executemany(f"{start} VALUES ({marks}){end}", values)
            return
        same = "".join(f", {_typed(field)}" for field in others)
        for some in _pieces(rows):
            cursor.execute(
                f"{start} SELECT new.*{same} FROM {_unnested(given)} AS new{end}",  # noqa: S608 - our names
                [*defaults, *_by_column(map(ready, some))],
            )


def rewrite(model: type[models.Model], names: Sequence[str], rows: Sequence[Row]) -> None:
    """Set the attributes `names` of rows that are there; each row's last value is its primary key.

    Rows are to come in the order of their keys, and to be locked.
    """
    if not rows:
        return
    key = model._meta.pk
    fields = [*(_field(model, name) for name in names), key]
    ready = _ready(fields)
    table = f'"{model._meta.db_table}"'
    columns = [f'"{field.column}"' for field in fields]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            sets = ", ".join(f"{column} = %s" for column in columns[:-1])
            cursor.executemany(
                f"UPDATE {table} SET {sets} WHERE {columns[-1]} = %s",  # noqa: S608 - names of our own
                [ready(row) for row in rows],
            )
            return
        sets = ", ".join(f"{column} = new.{column}" for column in columns[:-1])
        for some in _pieces(rows):
            cursor.execute(
                f"UPDATE {table} SET {sets} FROM {_unnested(fields)} AS new ({', '.join(columns)})"  # noqa: S608 - names of our own
                f" WHERE {table}.{columns[-1]} = new.{columns[-1]}",
                _by_column(map(ready, some)),
            )


def _typed(field: Any) -> str:
    """Return a mark for one value that PostgreSQL knows the type of.

    It names no length: a cast to one cuts what is longer, where the column itself refuses it.
    """
    kind, _, _ = field.db_type(connection).partition("(")
    return f"%s::{kind}"


def _unnested(fields: Sequence[Any]) -> str:
    """Return marks for rows given as a list a column: PostgreSQL parses few values, not all."""
    return f"UNNEST({', '.join(f'{_typed(field)}[]' for field in fields)})"


def _by_column(rows: Iterable[Row]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


def _field(model: type[models.Model], name: str) -> Any:
    """Return the field of an attribute, which for a reference ends in `_id`."""
    return next(one for one in model._meta.local_concrete_fields if one.attname == name)


def _ready(fields: Sequence[Any]) -> Callable[[Row], list[Any]]:
    """Return what makes a row's values ready for the database."""
    odd = [
        (at, _preparing(field))
        for at, field in enumerate(fields)
        if not isinstance(field, (*PLAIN, models.ForeignKey))
    ]

    def ready(row: Row) -> list[Any]:
        values = list(row)
        for at, prepare in odd:
            if values[at] is not None:
                values[at] = prepare(values[at])
        return values

    return ready


def _preparing(field: Any) -> Callable[[Any], Any]:
    if isinstance(field, models.DateTimeField):
        adapt: Callable[[Any], Any] = connection.ops.adapt_datetimefield_value
        return adapt
    return partial(field.get_db_prep_save, connection=connection)


def _pieces(rows: Sequence[Row]) -> list[Sequence[Row]]:
    return [rows[at : at + ROWS_AT_ONCE] for at in range(0, len(rows), ROWS_AT_ONCE)]
