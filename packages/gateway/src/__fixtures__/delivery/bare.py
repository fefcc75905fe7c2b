"""A bare FastAPI handler, for comparison: ``uvicorn bare:app``."""

from fastapi import FastAPI

app = FastAPI()


@app.get("/small")
def small() -> dict[str, float]:
    """Return a single value."""
    return {"value": 1.5}
