// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.attack;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * The smallest archive that LibTorch loads and runs: one module with a weight of four values, made
 * by hand, so that an attack is all that is wrong with it.
 */
final class TinyArchive {
  static final String HEAD =
      "class M(Module):\n"
          + "  __parameters__ = [\"weight\", ]\n"
          + "  __buffers__ = []\n"
          + "  weight : Tensor\n"
          + "  training : bool\n";

  private String code = code("");
  private String attributes = "";
  private byte[] pickle;
  private Consumer<PickleForge> weight = p -> p.tensor(4, 0, new long[] {2, 2}, new long[] {2, 1});
  private Consumer<PickleForge> more = p -> {};
  private byte[] record = new byte[16];

  /** Code whose forward begins with these statements. */
  static String code(String statements) {
    StringBuilder body = new StringBuilder();
    for (String line : statements.split("\n", -1)) {
      body.append(line.isEmpty() ? "" : "    " + line + "\n");
    }
    return "  def forward(self: __torch__.M,\n    x: Tensor) -> Tensor:\n"
        + body
        + "    return x\n";
  }

  /** Statements at the beginning of forward. */
  TinyArchive body(String statements) {
    code = code(statements);
    return this;
  }

  /** All code behind the attributes. */
  TinyArchive methods(String text) {
    code = text;
    return this;
  }

  TinyArchive weight(Consumer<PickleForge> value) {
    weight = value;
    return this;
  }

  /** An attribute more; what is written is a key and a value. */
  TinyArchive attribute(String name, String type, Consumer<PickleForge> value) {
    attributes += "  " + name + " : " + type + "\n";
    Consumer<PickleForge> before = more;
    more =
        p -> {
          before.accept(p);
          value.accept(p.text(name));
        };
    return this;
  }

  /** A whole pickle instead of the module's. */
  TinyArchive pickle(Consumer<PickleForge> writer) {
    PickleForge forge = new PickleForge().op(0x80, 2);
    writer.accept(forge);
    pickle = forge.bytes();
    return this;
  }

  TinyArchive record(byte[] bytes) {
    record = bytes;
    return this;
  }

  ForgedZip zip() {
    ForgedZip zip = new ForgedZip();
    zip.add("data.pkl", pickle == null ? module() : pickle);
    zip.add("data/0", record);
    zip.add("code/__torch__.py", utf8(HEAD + attributes + code));
    zip.add("constants.pkl", new PickleForge().op(0x80, 2, ')', '.').bytes());
    zip.add("version", utf8("3\n"));
    return zip;
  }

  byte[] bytes() {
    return zip().toBytes();
  }

  private byte[] module() {
    PickleForge p = new PickleForge().op(0x80, 2).global("__torch__", "M");
    p.op(PickleForge.EMPTY_TUPLE, PickleForge.NEWOBJ, PickleForge.EMPTY_DICT, PickleForge.MARK);
    weight.accept(p.text("weight"));
    p.text("training").op(PickleForge.TRUE);
    more.accept(p);
    return p.op(PickleForge.SETITEMS, PickleForge.BUILD, PickleForge.STOP).bytes();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
