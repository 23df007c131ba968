// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.attack;

import static org.yolotorch.attack.Attack.corrupt;
import static org.yolotorch.attack.Attack.unsafe;
import static org.yolotorch.attack.TinyArchive.utf8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Archives that two readers understand differently, or that grow when they are read. */
final class ZipAttacks {
  private final byte[] seed;
  private final List<Attack> out = new ArrayList<>();

  private ZipAttacks(byte[] seed) {
    this.seed = seed;
  }

  static List<Attack> all(byte[] seed) {
    ZipAttacks attacks = new ZipAttacks(seed);
    attacks.damage();
    attacks.disagreement();
    attacks.names();
    attacks.ends();
    return attacks.out;
  }

  /** The network's archive, changed. */
  private byte[] forged(Consumer<ForgedZip> change) {
    return ForgedZip.read(seed).with(change).toBytes();
  }

  private void unsafeZip(String name, String words, Consumer<ForgedZip> change) {
    out.add(unsafe("zip: " + name, words, () -> forged(change)));
  }

  private void corruptZip(String name, String words, Consumer<ForgedZip> change) {
    out.add(corrupt("zip: " + name, words, () -> forged(change)));
  }

  private void damage() {
    String cut = "is cut short (a zip archive without its end record)";
    for (int percent : new int[] {1, 50, 99}) {
      out.add(
          corrupt(
              "zip: " + percent + " % of it",
              cut,
              () -> Arrays.copyOf(seed, (int) (seed.length * (percent / 100.0)))));
    }
    out.add(
        corrupt(
            "zip: its end doubled",
            "damaged",
            () -> {
              byte[] file = Arrays.copyOf(seed, seed.length + 22);
              System.arraycopy(seed, seed.length - 22, file, seed.length, 22);
              return file;
            }));
    corruptZip(
        "a wrong CRC of a tensor", "CRC-32 of record 'data/0'", z -> z.get("data/0").crc ^= 1);
    corruptZip(
        "a wrong CRC of code",
        "CRC-32 of record",
        z -> {
          ForgedZip.Entry code = code(z);
          code.deflate(code.content()).crc ^= 1;
        });
    corruptZip(
        "code that cannot be unpacked",
        "cannot be unpacked",
        z -> Arrays.fill(code(z).deflate(code(z).content()).data, 4, 40, (byte) 0xFF));
    corruptZip(
        "code that ends early",
        "cannot be unpacked",
        z -> {
          ForgedZip.Entry code = code(z).deflate(code(z).content());
          code.data = Arrays.copyOf(code.data, code.data.length / 2);
          code.packed = code.data.length;
        });
    corruptZip("a method that is not known", "in an unknown way", z -> code(z).method = 12);
    corruptZip("encrypted", "is an encrypted archive", z -> z.get("data.pkl").flags |= 1);
    corruptZip(
        "no version", "does not say its format's version", z -> z.entries.remove(z.get("version")));
    corruptZip("big-endian", "on a big-endian machine", z -> z.get("byteorder").store(utf8("big")));
    unsafeZip(
        "a compressed pickle",
        "compresses the pickle",
        z -> z.get("data.pkl").deflate(z.get("data.pkl").content()));
    unsafeZip(
        "model.json, which LibTorch prefers",
        "holds 'model.json'",
        z -> z.add("model.json", utf8("{}")));
    unsafeZip(
        "metadata of 2 MiB",
        "metadata of more than 1 MiB",
        z -> z.get("extra/config.txt").store(utf8("[".repeat(2 << 20))));
  }

  private static ForgedZip.Entry code(ForgedZip zip) {
    for (ForgedZip.Entry entry : zip.entries) {
      if (entry.name.endsWith(".py")) {
        return entry;
      }
    }
    throw new IllegalStateException("no code");
  }

  private void disagreement() {
    String two = "has two different headers";
    corruptZip(
        "two names", "has two names", z -> z.get("data.pkl").localName = z.top() + "data.pk1");
    corruptZip(
        "two names of other lengths", "has two names", z -> z.get("data.pkl").localName = "x");
    corruptZip("two sizes", two, z -> z.get("data.pkl").localSize = 5);
    corruptZip("two methods", two, z -> z.get("data.pkl").localMethod = 8);
    corruptZip("two flags", two, z -> z.get("data.pkl").localFlags = 2);
    corruptZip("two CRCs", two, z -> z.get("data.pkl").localCrc = 5);
    corruptZip(
        "a record that leaves the file",
        "leaves the file",
        z -> z.get("data/0").packed = 0x7FFFFFFF);
    corruptZip(
        "a record before its place",
        "is not where it should be",
        z -> z.get("data.pkl").shift = -1);
    corruptZip(
        "a record far behind the file",
        "is not where it should be",
        z -> z.get("data.pkl").shift = 0x70000000);
    unsafeZip(
        "overlapping records",
        "share bytes with another",
        z -> {
          // The next record, header and all, is said to belong to this one.
          ForgedZip.Entry outer = z.add("extra/outer", new byte[4]);
          z.add("extra/within", new byte[64]);
          outer.packed = 40;
          outer.size = 40;
        });
    unsafeZip(
        "one record under two names of the directory",
        "twice",
        z -> z.entries.add(z.get("data.pkl")));
  }

  private void names() {
    String forbidden = "a record with a forbidden name";
    unsafeZip(
        "a record twice", "holds record 'data.pkl' twice", z -> z.add("data.pkl", new byte[1]));
    unsafeZip("a way up", forbidden, z -> z.add("../../etc/passwd", new byte[1]));
    unsafeZip("an absolute name", forbidden, z -> z.addFull("/etc/passwd", new byte[1]));
    unsafeZip("a backslash", forbidden, z -> z.add("..\\x", new byte[1]));
    unsafeZip("a NUL in a name", forbidden, z -> z.add("data.pkl\0.txt", new byte[1]));
    unsafeZip("a line break in a name", forbidden, z -> z.add("extra/a\nb", new byte[1]));
    unsafeZip(
        "a name of 60,000 characters", forbidden, z -> z.add("a".repeat(60_000), new byte[1]));
    corruptZip(
        "a second top folder", "several top folders", z -> z.addFull("other/x", new byte[1]));
    corruptZip("a record outside", "outside of a top folder", z -> z.addFull("x.py", new byte[1]));
    String capitals = "twice, but for its capitals";
    unsafeZip("DATA.PKL beside data.pkl", capitals, z -> z.add("DATA.PKL", new byte[1]));
    unsafeZip("Data/0 beside data/0", capitals, z -> z.add("Data/0", new byte[1]));
    String spelling = "in another way";
    corruptZip(
        "DATA.PKL alone", "holds no model", z -> z.get("data.pkl").name = z.top() + "DATA.PKL");
    unsafeZip("code in CODE", spelling, z -> z.add("CODE/__torch__/evil.py", utf8("import os")));
    unsafeZip("code with .PY", spelling, z -> z.add("code/__torch__/evil.PY", utf8("import os")));
    String odd = "no package's name";
    unsafeZip("code with a dot", odd, z -> z.add("code/__torch__/a.b.py", utf8("")));
    unsafeZip("code with a blank", odd, z -> z.add("code/__torch__/a b.py", utf8("")));
    unsafeZip("code without a name", odd, z -> z.add("code/__torch__/.py", utf8("")));
    unsafeZip("Model.JSON", spelling, z -> z.add("Model.JSON", utf8("{}")));
  }

  private void ends() {
    out.add(
        corrupt(
            "zip: appended to a picture",
            "is a JPEG picture",
            () -> forged(z -> z.prefix = new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 0})));
    corruptZip("something behind it", "its end record", z -> z.comment = utf8("PK\5\6".repeat(9)));
    corruptZip(
        "something behind its directory",
        "behind its directory",
        z -> z.betweenDirectoryAndEnd = new byte[9]);
    corruptZip("records hidden from the count", "hides records", z -> z.end = plain(z, -1));
    corruptZip("more records than there are", "its directory ends early", z -> z.end = plain(z, 1));
    corruptZip(
        "a zip64 end that points elsewhere",
        "two different end records",
        z -> {
          z.end = plain(z, 0);
          z.zip64 = new long[] {z.end[0], z.end[1], z.end[2] - 1};
        });
    corruptZip(
        "a zip64 end that counts others",
        "two different end records",
        z -> {
          z.end = plain(z, 0);
          z.zip64 = new long[] {z.end[0] - 1, z.end[1], z.end[2]};
        });
    unsafeZip(
        "2^62 records",
        "more than the 20000",
        z -> {
          long size = plain(z, 0)[1];
          long begin = plain(z, 0)[2];
          z.end = new long[] {0xFFFF, 0xFFFFFFFFL, 0xFFFFFFFFL};
          z.zip64 = new long[] {1L << 62, size, begin};
        });
    corruptZip(
        "a directory at 2^63",
        "points outside of the file",
        z -> {
          z.end = new long[] {0xFFFF, 0xFFFFFFFFL, 0xFFFFFFFFL};
          z.zip64 = new long[] {1, 1L << 62, Long.MIN_VALUE};
        });
    corruptZip(
        "zip64 without its end record",
        "zip64 locator is missing",
        z -> z.end = new long[] {0xFFFF, 1, 1});
    corruptZip(
        "a record's zip64 size left out",
        "lacks its size",
        z -> {
          z.get("data/0").size = 0xFFFFFFFFL;
          z.get("data/0").extra = new byte[] {1, 0, 0, 0};
        });
    corruptZip(
        "a record of 2^62 bytes",
        "leaves the file",
        z -> {
          ForgedZip.Entry entry = z.get("data/0");
          entry.size = 0xFFFFFFFFL;
          entry.packed = 0xFFFFFFFFL;
          entry.extra =
              new ForgedZip.Out().u16(1).u16(16).u64(1L << 62).u64(1L << 62).toByteArray();
        });
  }

  private static long[] plain(ForgedZip zip, int more) {
    byte[] file = zip.toBytes();
    int at = file.length - 22;
    java.nio.ByteBuffer in = java.nio.ByteBuffer.wrap(file).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    return new long[] {zip.entries.size() + more, in.getInt(at + 12), in.getInt(at + 16)};
  }
}
