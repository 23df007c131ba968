// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.support;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes pickles of protocol 2, opcode by opcode. */
public final class PickleWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public PickleWriter() {
    op(0x80).op(2);
  }

  private PickleWriter op(int code) {
    out.write(code);
    return this;
  }

  private PickleWriter ascii(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  private PickleWriter int32(int number) {
    for (int shift = 0; shift < 32; shift += 8) {
      out.write(number >> shift);
    }
    return this;
  }

  public PickleWriter global(String module, String name) {
    return ascii("c" + module + "\n" + name + "\n");
  }

  public PickleWriter text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    op('X').int32(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  public PickleWriter number(int number) {
    return op('J').int32(number);
  }

  public PickleWriter no() {
    return op(0x89);
  }

  public PickleWriter emptyDict() {
    return op('}');
  }

  public PickleWriter emptyTuple() {
    return op(')');
  }

  public PickleWriter mark() {
    return op('(');
  }

  /** A tuple of what came since the mark. */
  public PickleWriter tuple() {
    return op('t');
  }

  /** Puts keys and values that came since the mark into the dict before it. */
  public PickleWriter setItems() {
    return op('u');
  }

  public PickleWriter reduce() {
    return op('R');
  }

  /** An object of the class and the arguments before. */
  public PickleWriter newObject() {
    return op(0x81);
  }

  /** Gives the object before its state. */
  public PickleWriter build() {
    return op('b');
  }

  public PickleWriter persistentId() {
    return op('Q');
  }

  public byte[] stop() {
    op('.');
    return out.toByteArray();
  }

  /** A tensor of four numbers in the record "0", as torch.save writes it. */
  public PickleWriter tensor() {
    global("torch._utils", "_rebuild_tensor_v2").mark();
    mark().text("storage").global("torch", "FloatStorage").text("0").text("cpu").number(4).tuple();
    persistentId().number(0);
    mark().number(4).tuple().mark().number(1).tuple();
    return no().global("collections", "OrderedDict").emptyTuple().reduce().tuple().reduce();
  }
}
