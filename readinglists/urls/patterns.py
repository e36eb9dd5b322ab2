"""What paths of reading lists begin with; for the modules beside this one."""

OWNER = r"u:(?P<username>[^/]+)/"
LIST = rf"{OWNER}l:(?P<slug>[a-z0-9-]{{1,80}})/"
# As many digits as a key of the database may have.
ITEM = rf"{LIST}i:(?P<item_id>[0-9]{{1,18}})/"
SECTION = rf"{LIST}s:(?P<section_id>[0-9]{{1,18}})/"
