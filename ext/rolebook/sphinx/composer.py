"""The composer on a role's pages: one select an axis, and the data that the script composes from.

The selects are written by the build, so that the script moves nothing on the page when it
starts; without scripts the list of the variants' pages stands in their place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from html import escape
from pathlib import Path
from typing import cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.osutil import relative_uri

from rolebook.catalog import Catalog
from rolebook.model import Axis, Role, Template, Variant
from rolebook.names import short_name
from rolebook.pay.suggest import Bands
from rolebook.script_data import composer_data, script_json
from rolebook.sphinx.domain import JobDomain
from rolebook.sphinx.downloads import offers_files
from rolebook.sphinx.handbook import Handbook
from rolebook.sphinx.leaf import docname_of
from rolebook.sphinx.outputs import digest_of, note_files, noted, write_if_changed

FOLDER = "composer"


def composer_path(role: Role) -> str:
    """Where the data of a role's composer lie in the site."""
    return f"{FOLDER}/{role.id}.json"


def add_composer(app: Sphinx, doctree: nodes.document, docname: str, template: Template) -> None:
    """Put the selects into the box with the links to the role's variants."""
    domain = cast("JobDomain", app.env.get_domain("job"))
    catalog = domain.loaded.catalog
    role = catalog.roles[template.role]
    if not catalog.variants_of(role):
        return
    for box in doctree.findall(nodes.compound):
        if "rb-variants" in box["classes"]:
            box["classes"].append("rb-composable")
            html = "".join(_selects(app, docname, role, template, domain.loaded))
            box += nodes.raw("", html, format="html")
            return


def _selects(
    app: Sphinx, docname: str, role: Role, template: Template, handbook: Handbook
) -> Iterator[str]:
    builder = app.builder
    here = builder.get_target_uri(docname)
    # The role's own page composes where it stands; another one leads there.
    page = builder.get_relative_uri(docname, docname_of(role.origin)) if template.variants else ""
    attributes = {
        "class": "rb-composer",
        "role": "group",
        "aria-label": "Compose the template",
        "data-composer": relative_uri(here, composer_path(role)),
        "data-page": page,
        "data-edit": app.config.rolebook_edit_url,
    }
    yield f"<div{_attributes(attributes)}>"
    chosen = dict(template.variants)
    for axis, variants in handbook.axes_of(role).items():
        id_ = f"rb-axis-{axis}"
        # No text is valid under any law, but one can be written for none in particular.
        none = "None" if axis is Axis.JURISDICTION else "Any"
        yield f'<div class="rb-axis"><label for="{id_}">{axis.capitalize()}</label>'
        yield f'<select id="{id_}" name="{axis}" autocomplete="off">'
        yield f'<option value="">{none}</option>'
        for variant in variants:
            options = {
                "value": variant.id,
                "data-href": builder.get_relative_uri(docname, docname_of(variant.origin)),
                **({"selected": ""} if chosen.get(axis) == variant.id else {}),
            }
            yield f"<option{_attributes(options)}>{escape(short_name(variant, role))}</option>"
        yield "</select></div>"
    yield "</div>"


def _attributes(values: dict[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in values.items())


def write_composers(app: Sphinx, env: BuildEnvironment) -> None:
    """Event ``env-updated``: write the data of each role's composer that changed."""
    if not offers_files(app):
        return
    domain = cast("JobDomain", env.get_domain("job"))
    catalog = domain.loaded.catalog
    handbook = app.config.rolebook_handbook or app.config.project
    before = noted(app, FOLDER)
    wanted: dict[str, str] = {}
    for role in catalog.roles.values():
        bands = domain.loaded.pay_bands(role)
        name = composer_path(role)
        wanted[name] = _digest(catalog, role, handbook, bands)
        path = Path(app.outdir, name)
        # To make the data takes much longer than to see that they are the same.
        if before.get(name) != wanted[name] or not path.exists():
            pay = {"pay": asdict(bands)} if bands.by else {}
            text = script_json({**composer_data(catalog, role, handbook), **pay})
            write_if_changed(path, text.encode("utf-8"))
    note_files(app, FOLDER, wanted)


def _digest(catalog: Catalog, role: Role, handbook: str, bands: Bands) -> str:
    """A digest of all that a role's composer data come from."""
    entities: list[Role | Variant] = [*catalog.role_lineage(role)]
    for variant in catalog.variants_of(role).values():
        entities += catalog.variant_lineage(variant)
    files = sorted({entity.origin.file for entity in entities})
    sources = [(file, catalog.digests.get(file)) for file in files]
    return digest_of((sources, catalog.placeholders, handbook, bands))
