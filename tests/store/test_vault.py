import base64

import pytest

from services.store.crypto import BadKeyFile, Tampered, Vault

HERE = "subject|id_number|a1"


def test_a_sealed_number_opens_where_it_lies(vault):
    assert vault.open(vault.seal("11010519491231002X", where=HERE), where=HERE) == b"11010519491231002X"


def test_the_same_number_is_never_sealed_twice_alike(vault):
    assert vault.seal("11010519491231002X", where=HERE) != vault.seal("11010519491231002X", where=HERE)


@pytest.mark.parametrize("elsewhere", ["subject|id_number|a2", "subject|phone|a1", "other|id_number|a1"])
def test_a_value_copied_to_another_row_column_or_table_does_not_open(vault, elsewhere):
    with pytest.raises(Tampered):
        vault.open(vault.seal("x", where=HERE), where=elsewhere)


def test_every_flipped_bit_is_noticed(vault):
    blob = vault.seal("430199", where=HERE)
    for i in range(len(blob) * 8):
        bent = bytearray(blob)
        bent[i // 8] ^= 1 << i % 8
        with pytest.raises(Tampered):
            vault.open(bytes(bent), where=HERE)


@pytest.mark.parametrize("length", [0, 1, 5, 13, 20])
def test_a_value_cut_short_is_refused_as_tampered(vault, length):
    with pytest.raises(Tampered):
        vault.open(vault.seal("430199", where=HERE)[:length], where=HERE)


def test_another_master_key_opens_nothing(vault):
    with pytest.raises(Tampered):
        Vault(b"k" * 32).open(vault.seal("x", where=HERE), where=HERE)


def test_one_number_written_in_three_ways_has_one_index(vault):
    ways = ("11010519491231002x", " 110105 19491231 002X ", "１１０１０５１９４９１２３１００２Ｘ")
    assert len({vault.index(way, purpose="subject|111") for way in ways}) == 1


def test_indexes_of_two_purposes_or_two_keys_cannot_be_matched(vault):
    number = "11010519491231002X"
    indexes = {vault.index(number, purpose="a"), vault.index(number, purpose="b")}
    assert len(indexes | {Vault(b"k" * 32).index(number, purpose="a")}) == 3


def test_the_digest_is_sm3(vault):
    # GB/T 32905, example 1.
    assert vault.digest(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_without_sm3_in_hashlib_index_and_digest_stay_the_same(vault, monkeypatch):
    before = vault.index("7", purpose="p"), vault.digest(b"abc")
    monkeypatch.setattr("forms.digest.HASHLIB_SM3", False)
    assert (vault.index("7", purpose="p"), vault.digest(b"abc")) == before


def test_a_key_file_is_made_once_and_read_again(tmp_path):
    path = tmp_path / "keys" / "master.key"
    first, second = Vault.from_key_file(path, create=True), Vault.from_key_file(path, create=True)
    assert path.stat().st_mode & 0o777 == 0o600
    assert second.open(first.seal("x", where=HERE), where=HERE) == b"x"
    assert [p.name for p in path.parent.iterdir()] == ["master.key"]


def test_a_key_file_that_others_can_read_is_refused(tmp_path):
    path = tmp_path / "master.key"
    Vault.from_key_file(path, create=True)
    path.chmod(0o640)
    with pytest.raises(BadKeyFile, match="chmod 600"):
        Vault.from_key_file(path)


@pytest.mark.parametrize("content", [b"", b"not base64!", base64.b64encode(b"short")])
def test_a_key_file_with_anything_else_in_it_is_refused(tmp_path, content):
    path = tmp_path / "master.key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(BadKeyFile):
        Vault.from_key_file(path)


def test_a_missing_key_file_is_not_made_unasked(tmp_path):
    with pytest.raises(BadKeyFile):
        Vault.from_key_file(tmp_path / "master.key")
