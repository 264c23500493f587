"""The handbook's data in the site, under ``api/v1/``: an index, a file a role, their schema."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import cast

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from rolebook.api import Publication, index_object, role_object, to_bytes
from rolebook.catalog import Catalog
from rolebook.interview.model import Interview
from rolebook.model import Role, Variant
from rolebook.sphinx.domain import JobDomain
from rolebook.sphinx.downloads import offers_files
from rolebook.sphinx.outputs import digest_of, note_files, noted, write_if_changed

FOLDER = "api/v1"
PART = "api"
"""The name of what is noted of these files."""


def write_api(app: Sphinx, env: BuildEnvironment) -> None:
    """Event ``env-updated``: write the data of each role that changed, and the index."""
    domain = cast("JobDomain", env.get_domain("job"))
    catalog = domain.loaded.catalog
    if not offers_files(app):
        return
    publication = _publication(app)
    before = noted(app, PART)
    wanted: dict[str, str] = {}
    for role in catalog.roles.values():
        name = f"{FOLDER}/roles/{role.id}.json"
        wanted[name] = _digest(catalog, role, publication)
        path = Path(app.outdir, name)
        if before.get(name) != wanted[name] or not path.exists():
            write_if_changed(path, to_bytes(role_object(catalog, role, publication)))
    if catalog.roles:
        for name, data in (
            (f"{FOLDER}/index.json", to_bytes(index_object(catalog, publication))),
            (f"{FOLDER}/schema.json", schema()),
        ):
            wanted[name] = ""
            write_if_changed(Path(app.outdir, name), data)
    note_files(app, PART, wanted)


def schema() -> bytes:
    """The schema of these files, with that of templates inside, so that it stands alone."""
    folder = files("rolebook") / "schema"
    data = json.loads((folder / "api.json").read_text(encoding="utf-8"))
    template = json.loads((folder / "template.json").read_text(encoding="utf-8"))
    return to_bytes({**data, "$defs": {**data["$defs"], "export": template}})


def _publication(app: Sphinx) -> Publication:
    def page(file: str) -> str:
        docname = PurePosixPath(file).with_suffix("").as_posix()
        return app.builder.get_target_uri(docname)

    return Publication(
        handbook=app.config.rolebook_handbook or app.config.project,
        licence=app.config.rolebook_licence,
        licence_url=app.config.rolebook_licence_url,
        page=page,
    )


def _digest(catalog: Catalog, role: Role, publication: Publication) -> str:
    """A digest of all that a role's data come from."""
    owners: list[Role | Variant | Interview] = [*catalog.role_lineage(role)]
    owners += catalog.kit_pages(role)
    for variant in catalog.variants_of(role).values():
        owners += catalog.variant_lineage(variant)
    sources = sorted({owner.origin.file for owner in owners})
    told = [(file, catalog.digests.get(file), publication.page(file)) for file in sources]
    return digest_of((told, catalog.placeholders, publication.terms()))
