"""Study groups: a list read together, in weekly sessions.

`membership` lets people in and out, `layout` plans the sessions (by the pure rules of `schedule`),
`talk` keeps questions and notes, `overview` reads a group as it is shown, `calendar` and `digests`
tell of it elsewhere.
"""
