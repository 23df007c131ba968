// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.attack;

import static org.yolotorch.attack.Attack.corrupt;
import static org.yolotorch.attack.Attack.unsafe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Small files that grow (M8, R4): all are refused by their directory, or after a little of it. */
final class BombAttacks {
  private static final int GIB = 1 << 30;

  private final byte[] seed;
  private final List<Attack> out = new ArrayList<>();

  private BombAttacks(byte[] seed) {
    this.seed = seed;
  }

  static List<Attack> all(byte[] seed) {
    BombAttacks attacks = new BombAttacks(seed);
    attacks.bombs();
    return attacks.out;
  }

  private void bombs() {
    byte[] zeros = new byte[16 << 20];
    byte[] packed = ForgedZip.deflate(zeros);
    long crc = ForgedZip.crc(zeros);
    for (String name : new String[] {"data.pkl", "data/0", "code/__torch__/bomb.py"}) {
      bomb(
          "1 MB that becomes 1 GiB in " + name,
          "compressed from more than 16 MiB",
          z -> {
            ForgedZip.Entry entry = new ForgedZip.Entry();
            z.entries.removeIf(e -> e.name.equals(z.top() + name));
            entry.name = z.top() + name;
            entry.method = 8;
            entry.data = new byte[1 << 20];
            entry.packed = entry.data.length;
            entry.size = GIB;
            z.entries.add(entry);
          });
    }
    bomb(
        "16 MiB from 16 kB",
        "compressed by more than 200 to 1",
        z -> packed(z, "code/a.py", packed, crc));
    corruptBomb(
        "says 1 MB, is 16 MiB",
        "cannot be unpacked",
        z -> packed(z, "code/a.py", packed, crc).size = 1 << 20);
    corruptBomb(
        "says 16 MiB, is little",
        "cannot be unpacked",
        z -> {
          ForgedZip.Entry entry = packed(z, "code/a.py", ForgedZip.deflate(new byte[9]), 0);
          entry.data = Arrays.copyOf(entry.data, 100_000);
          entry.packed = entry.data.length;
        });
    bomb(
        "many records that grow together",
        "more than 32 MiB that are compressed",
        z -> {
          for (int i = 0; i < 64; i++) {
            ForgedZip.Entry entry = packed(z, "code/" + i + ".py", packed, crc);
            entry.data = Arrays.copyOf(packed, 100_000);
            entry.packed = entry.data.length;
          }
        });
    corruptBomb(
        "5 GiB in stored records",
        "leaves the file",
        z -> {
          for (int i = 0; i < 5; i++) {
            ForgedZip.Entry entry = z.add("extra/" + i, new byte[0]);
            entry.size = GIB;
            entry.packed = GIB;
          }
        });
    corruptBomb(
        "one record's bytes under a thousand names",
        "has two names",
        z -> {
          ForgedZip.Entry first = packed(z, "code/a.py", Arrays.copyOf(packed, 100_000), crc);
          for (int i = 0; i < 1_000; i++) {
            ForgedZip.Entry entry = packed(z, "code/" + i + ".py", first.data, crc);
            entry.size = 20_000;
            entry.listedOnly = true;
          }
        });
    out.add(
        unsafe(
                "zip: 100,000 records",
                "more than the 20000",
                () -> {
                  ForgedZip zip = new ForgedZip();
                  for (int i = 0; i < 100_000; i++) {
                    zip.addFull("a/" + i, new byte[0]);
                  }
                  byte[] plain = zip.toBytes();
                  java.nio.ByteBuffer in =
                      java.nio.ByteBuffer.wrap(plain).order(java.nio.ByteOrder.LITTLE_ENDIAN);
                  int at = plain.length - 22;
                  zip.zip64 = new long[] {100_000, in.getInt(at + 12), in.getInt(at + 16)};
                  zip.end = new long[] {0xFFFF, in.getInt(at + 12), in.getInt(at + 16)};
                  return zip.toBytes();
                })
            .asBomb());
    out.add(
        unsafe(
                "zip: 60,000 records",
                "more than the 20000",
                () -> {
                  ForgedZip zip = new ForgedZip();
                  for (int i = 0; i < 60_000; i++) {
                    zip.addFull("a/" + i, new byte[0]);
                  }
                  return zip.toBytes();
                })
            .asBomb());
    out.add(
        corrupt(
                "zip: nested five times",
                "holds no model",
                () -> {
                  byte[] inner = seed;
                  for (int i = 0; i < 5; i++) {
                    ForgedZip zip = new ForgedZip();
                    zip.addFull("a/b.zip", inner);
                    inner = zip.toBytes();
                  }
                  return inner;
                })
            .asBomb());
  }

  // From the small archive, so that the network's ten megabytes cost no time.
  private static byte[] small(Consumer<ForgedZip> change) {
    return new TinyArchive().zip().with(change).toBytes();
  }

  private void bomb(String name, String words, Consumer<ForgedZip> change) {
    out.add(unsafe("bomb: " + name, words, () -> small(change)).asBomb());
  }

  private void corruptBomb(String name, String words, Consumer<ForgedZip> change) {
    out.add(corrupt("bomb: " + name, words, () -> small(change)).asBomb());
  }

  private static ForgedZip.Entry packed(ForgedZip zip, String name, byte[] data, long crc) {
    ForgedZip.Entry entry = zip.add(name, new byte[0]);
    entry.method = 8;
    entry.data = data;
    entry.packed = data.length;
    entry.size = 16 << 20;
    entry.crc = crc;
    return entry;
  }
}
