"""Payloads are encrypted before they leave the process, though they hold only numbers, codes and keys."""

import os
from collections.abc import Sequence
from dataclasses import replace

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from temporalio.api.common.v1 import Payload
from temporalio.converter import DataConverter, PayloadCodec

_ENCODING = b"binary/encrypted"


class SealedCodec(PayloadCodec):
    """AES-256-GCM over the serialized payload; the nonce stands in front."""

    def __init__(self, key: bytes) -> None:
        self._aead = AESGCM(key)

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [self._seal(p) for p in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [self._open(p) for p in payloads]

    def _seal(self, payload: Payload) -> Payload:
        nonce = os.urandom(12)
        sealed = nonce + self._aead.encrypt(nonce, payload.SerializeToString(), None)
        return Payload(metadata={"encoding": _ENCODING}, data=sealed)

    def _open(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != _ENCODING:
            return payload
        return Payload.FromString(self._aead.decrypt(payload.data[:12], payload.data[12:], None))


def sealed_converter(key: bytes) -> DataConverter:
    return replace(DataConverter.default, payload_codec=SealedCodec(key))
