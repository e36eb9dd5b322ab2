"""When the tasks of the schedule are sent; Celery's beat takes `Scheduler` from the settings."""

from typing import Any

from celery.beat import PersistentScheduler


class Scheduler(PersistentScheduler):
    """Beat's own, but for a clock that is put back.

    Beat remembers when it sent each task. Where that is still to come, it would send nothing until
    then: no sweep, so that nothing that a dead worker held would ever be freed.
    """

    def tick(self, *arguments: Any, **options: Any) -> float:
        """Send what is due and return in how many seconds to look again."""
        now = self.app.now()
        for entry in self.schedule.values():
            if entry.last_run_at and entry.last_run_at > now:
                entry.last_run_at = now
                self._heap = None  # ordered by the moments that were wrong
        seconds: float = super().tick(*arguments, **options)
        return seconds
