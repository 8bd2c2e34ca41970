"""A build after any edits equals a clean build, byte for byte.

A blog is edited at random, built after each edit, and compared with a clean build of the same
source.  The builds are those of ``make html``, on one core and on two, and those of the live
server, which keeps all in memory.  ``make soak STEPS=3000`` does it for longer, with other edits;
``SOAK_SEED=…`` does one of its blogs again.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, assume, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    INITIALIZE_RULE_MARKER,
    RULE_MARKER,
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.trust.blog import (
    NOW,
    Blog,
    Entry,
    build_apart,
    build_here,
    contents,
    differences,
    sync,
)
from tsuzuri.workshop.live.build import Workshop

if TYPE_CHECKING:
    from collections.abc import Sequence

STEPS = int(os.environ.get("SOAK_STEPS", "60"))
STEPS_A_BLOG = 20
SOAKS = STEPS != 60
COMPARE_EVERY = 1 if SOAKS else 4
SEED = int(os.environ.get("SOAK_SEED", "0"))

KEYS = ("alpha", "beta", "gamma", "delta", "バグ", "c-sharp")
TITLES = ("最初の記事", "二つ目の話", "C++ & <C#>", "バグの話", "\"引用\"と'符'")
DATES = ("2023-12-31", "2024-01-01", "2024-01-01 23:30", "2024-12-31", "2025-06-01", "2022-05-05")
TAGS = ("機械学習", "C++", "C#", "C", "バグ", "ハク", "日記")
SERIES = ("", "連載", "別の連載")
ALIASES = ("/old/one/", "/old/two.html", "/2019/旧/")
CONF = {
    "blog_title": ("試しの綴り", "別の題"),
    "author": ("綴り手", "別の人"),
    "blog_feed_length": (20, 1),
    "post_show_prev_next": (True, False),
    "tsuzuri_timezone": ("Asia/Tokyo", "America/New_York"),
    "tsuzuri_posts_per_page": (20, 2),
    "html_baseurl": ("https://blog.example/", "https://other.example/ja/"),
    "language": ("ja", "en"),
}

keys = st.sampled_from(KEYS)


def copy_sheets(folder: Path, to: Path) -> None:
    """Copy the style sheets kept in *folder*."""
    to.mkdir(exist_ok=True)
    for sheet in folder.glob("tsuzuri-sheet-*.json"):
        shutil.copy(sheet, to)


class Editing(RuleBasedStateMachine):
    """One blog and its folders; every rule is an edit, followed by a build."""

    parallel = 1

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="tsuzuri-trust-"))
        self.source = self.folder / "source"
        self.source.mkdir()
        self.blog = Blog()
        self.builds = 0

    def teardown(self) -> None:
        if SOAKS:
            shutil.rmtree(self.sheets, ignore_errors=True)
        if self.builds and (SOAKS or self.builds % COMPARE_EVERY):
            self.compare()
        shutil.rmtree(self.folder)

    def build(self, blog: Blog, *, apart: bool = False) -> None:
        """Build the edited *blog*; now and then compare with a clean build."""
        self.blog = blog
        changed = sync(self.source, blog)
        if apart:
            build_apart(self.source, self.folder / "built", self.folder / "doctrees", "-j", "2")
        else:
            self.build_once(changed)
        self.builds += 1
        if self.builds % COMPARE_EVERY == 0:
            self.compare()

    def build_once(self, changed: Sequence[Path]) -> None:
        """Build in the way under test, after the files *changed* have changed."""
        del changed
        out, doctrees = self.folder / "built", self.folder / "doctrees"
        build_here(self.source, out, doctrees, self.parallel)

    def compare(self) -> None:
        """Build the same source from nothing and compare all files.

        The style sheet takes a clean build half its time, so that one made before is given to
        it: in the long run by a clean build, and none to the last build of a blog.
        """
        clean = self.folder / "clean"
        shutil.rmtree(clean, ignore_errors=True)
        (clean / ".doctrees").mkdir(parents=True)
        copy_sheets(self.sheets, clean / ".doctrees")
        build_here(self.source, clean, clean / ".doctrees")
        if SOAKS:
            copy_sheets(clean / ".doctrees", self.sheets)
        shutil.rmtree(clean / ".doctrees")
        assert differences(contents(self.folder / "built"), contents(clean)) == []

    @property
    def sheets(self) -> Path:
        """The folder of the style sheets that a clean build is given."""
        return self.folder / ("sheets" if SOAKS else "doctrees")

    def existing(self, key: str) -> str:
        """Return the post that stands for *key*: itself, or else the one next in order."""
        posts = sorted(self.blog.posts)
        return key if key in self.blog.posts else posts[KEYS.index(key) % len(posts)]

    @initialize(chance=st.integers(0, 2**32))
    def start(self, chance: int) -> None:
        """Begin with three posts.

        Hypothesis tries the simplest example first, in which every draw is its least and every
        step builds what there is again; *chance* leaves it out, since a run may have no other.
        """
        assume(chance != 0)
        posts = {
            "alpha": Entry(tags=("機械学習", "C++"), heading="節", date="2024-01-01"),
            "beta": Entry(
                "二つ目の話", "2023-12-31", ("C++",), links=("alpha",), picture=0, series="連載"
            ),
            "gamma": Entry("三つ目の話", "2024-03-01", roles=("alpha",), series="連載"),
        }
        self.build(Blog(posts=posts))

    @rule(
        key=keys,
        title=st.sampled_from(TITLES),
        date=st.sampled_from(DATES),
        tags=st.sets(st.sampled_from(TAGS), max_size=2),
    )
    def write_post(self, key: str, title: str, date: str, tags: set[str]) -> None:
        entry = Entry(title=title, date=date, tags=tuple(sorted(tags)))
        self.build(replace(self.blog, posts={**self.blog.posts, key: entry}))

    @precondition(lambda self: len(self.blog.posts) > 1)
    @rule(key=keys)
    def delete_post(self, key: str) -> None:
        gone = self.existing(key)
        posts = {name: entry for name, entry in self.blog.posts.items() if name != gone}
        self.build(replace(self.blog, posts=posts))

    @rule(key=keys, new=keys)
    def rename_post(self, key: str, new: str) -> None:
        old = self.existing(key)
        posts = dict(self.blog.posts)
        posts[new] = posts.pop(old)
        self.build(replace(self.blog, posts=posts))

    @rule(key=keys)
    def move_into_or_out_of_a_folder(self, key: str) -> None:
        key = self.existing(key)
        self.build(self.blog.edit(key, folder=not self.blog.posts[key].folder))

    @rule(key=keys, title=st.sampled_from(TITLES))
    def retitle(self, key: str, title: str) -> None:
        self.build(self.blog.edit(self.existing(key), title=title))

    @rule(key=keys, slug=st.sampled_from(("", "neu", "新しい", "alpha")))
    def change_slug(self, key: str, slug: str) -> None:
        self.build(self.blog.edit(self.existing(key), slug=slug))

    @rule(key=keys, date=st.sampled_from(DATES))
    def redate(self, key: str, date: str) -> None:
        self.build(self.blog.edit(self.existing(key), date=date))

    @rule(key=keys, tags=st.sets(st.sampled_from(TAGS), max_size=3))
    def retag(self, key: str, tags: set[str]) -> None:
        self.build(self.blog.edit(self.existing(key), tags=tuple(sorted(tags))))

    @rule(key=keys)
    def draft_on_or_off(self, key: str) -> None:
        key = self.existing(key)
        self.build(self.blog.edit(key, draft=not self.blog.posts[key].draft))

    @rule(key=keys)
    def spoil_or_mend_the_front_matter(self, key: str) -> None:
        key = self.existing(key)
        self.build(self.blog.edit(key, spoilt=not self.blog.posts[key].spoilt))

    @rule(key=keys, series=st.sampled_from(SERIES))
    def change_series(self, key: str, series: str) -> None:
        self.build(self.blog.edit(self.existing(key), series=series))

    @rule(key=keys, aliases=st.sets(st.sampled_from(ALIASES), max_size=2))
    def change_aliases(self, key: str, aliases: set[str]) -> None:
        self.build(self.blog.edit(self.existing(key), aliases=tuple(sorted(aliases))))

    @rule(key=keys, links=st.sets(keys, max_size=2), roles=st.sets(keys, max_size=2))
    def relink(self, key: str, links: set[str], roles: set[str]) -> None:
        key = self.existing(key)
        own = {"links": tuple(sorted(links)), "roles": tuple(sorted(roles))}
        self.build(self.blog.edit(key, **own))

    @rule(key=keys, heading=st.sampled_from(("", "節", "別の節")))
    def change_heading(self, key: str, heading: str) -> None:
        self.build(self.blog.edit(self.existing(key), heading=heading))

    @rule(key=keys)
    def edit_text(self, key: str) -> None:
        key = self.existing(key)
        self.build(self.blog.edit(key, version=self.blog.posts[key].version + 1))

    @rule(key=keys, picture=st.sampled_from((None, 0, 1)))
    def change_picture(self, key: str, picture: int | None) -> None:
        self.build(self.blog.edit(self.existing(key), picture=picture))

    @rule(number=st.sampled_from((0, 1)), version=st.integers(0, 6))
    def replace_image(self, number: int, version: int) -> None:
        pictures = list(self.blog.pictures)
        pictures[number] = version
        self.build(replace(self.blog, pictures=tuple(pictures)))

    @rule()
    def edit_page(self) -> None:
        self.build(replace(self.blog, about=self.blog.about + 1))

    @rule()
    def change_style(self) -> None:
        self.build(replace(self.blog, style=self.blog.style + 1))

    @rule()
    def change_template(self) -> None:
        self.build(replace(self.blog, template=self.blog.template + 1))

    @rule(name=st.sampled_from(sorted(CONF)), second=st.booleans())
    def change_setting(self, name: str, second: bool) -> None:
        self.build(replace(self.blog, conf={**self.blog.conf, name: CONF[name][second]}))

    @rule(key=keys)
    def restore_an_older_file(self, key: str) -> None:
        """What tar and rsync put back has the time it had, earlier than the last build."""
        key = self.existing(key)
        blog = self.blog.edit(key, version=self.blog.posts[key].version + 1)
        sync(self.source, blog)
        os.utime(self.source / blog.path(key), (1_000_000_000, 1_000_000_000))
        self.build(blog)

    @rule()
    def build_again(self) -> None:
        self.build(self.blog)

    @rule(key=keys)
    def edit_and_build_in_a_fresh_process(self, key: str) -> None:
        key = self.existing(key)
        blog = self.blog.edit(key, version=self.blog.posts[key].version + 1)
        self.build(blog, apart=True)


class EditingOnTwoCores(Editing):
    """Pages are read and written by other processes, whose findings are merged."""

    parallel = 2


class EditingLive(Editing):
    """The live server builds: its environment is never written and read back."""

    shop: Workshop | None = None

    def build(self, blog: Blog, *, apart: bool = False) -> None:
        """Start the server anew after a build by another process."""
        self.shop = None if apart else self.shop
        super().build(blog, apart=apart)

    def build_once(self, changed: Sequence[Path]) -> None:
        self.shop = self.shop or Workshop(
            self.source, self.folder / "built", self.folder / "doctrees"
        )
        outcome = self.shop.build(changed)
        assert not outcome.failed, outcome.complaints
        if outcome.index:
            outcome.index()


WAYS = (Editing, EditingLive, EditingOnTwoCores)


@pytest.fixture(autouse=True)
def _at_a_fixed_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)


def edit(way: type[Editing], number: int) -> None:
    """Edit one blog at random, by a seed of its own, so that it can be edited again so."""
    run_state_machine_as_test(
        seed(number)(type(way.__name__, (way,), {})),
        settings=settings(
            max_examples=1,
            stateful_step_count=STEPS_A_BLOG,
            deadline=None,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        ),
    )


class Noted(Editing):
    """Builds nothing; notes by which edits it would have, and whether there was news."""

    builds_by: ClassVar[list[tuple[str, bool]]] = []

    def build(self, blog: Blog, *, apart: bool = False) -> None:
        self.builds_by.append((sys._getframe(1).f_code.co_name, blog != self.blog))
        self.blog = blog

    def compare(self) -> None:
        """Nothing was built."""


def test_blogs_are_edited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every edit is made by one blog or another, and few steps leave everything as it was."""
    builds: list[tuple[str, bool]] = []
    monkeypatch.setattr(Noted, "builds_by", builds)
    for number in range(20):
        edit(Noted, number)
    assert {by for by, _news in builds} == {
        name
        for name, member in vars(Editing).items()
        if hasattr(member, RULE_MARKER) or hasattr(member, INITIALIZE_RULE_MARKER)
    }
    assert len(builds) == 20 * STEPS_A_BLOG
    assert sum(news for _by, news in builds) > len(builds) * 0.8


@pytest.mark.skipif(SOAKS, reason="the long run does the same and more")
@pytest.mark.parametrize(("way", "number"), [(way, 1 + WAYS.index(way)) for way in WAYS])
def test_incremental_equals_clean(way: type[Editing], number: int) -> None:
    """A reader never sees a page of yesterday, a dead link that was mended, a deleted post."""
    edit(way, number)


@pytest.mark.skipif(not SOAKS, reason="make soak STEPS=3000")
@pytest.mark.parametrize("number", range(SEED, SEED + max(1, STEPS // STEPS_A_BLOG)))
def test_for_long(number: int) -> None:
    """Each blog in the next of the ways."""
    edit(WAYS[number % len(WAYS)], number)
