// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.attack;

import static org.yolotorch.attack.Attack.corrupt;
import static org.yolotorch.attack.Attack.unsafe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Tensors that reach beyond their storage, and storages unlike their records (M9). */
final class TensorAttacks {
  private TensorAttacks() {}

  static List<Attack> all(byte[] seed) {
    List<Attack> out = new ArrayList<>();
    String fewer = "stores fewer values for 'data' than its shape needs";
    String shape = "with a shape that makes no sense";
    out.add(weight("strides that leave the storage", fewer, 4, 0, d(2, 2), d(3, 1)));
    out.add(weight("an offset that leaves the storage", fewer, 4, 1, d(2, 2), d(2, 1)));
    out.add(weight("a negative offset", shape, 4, -1, d(2, 2), d(2, 1)));
    out.add(weight("a negative stride", shape, 4, 0, d(2, 2), d(2, -1)));
    out.add(weight("a negative size", shape, 4, 0, d(-2, 2), d(2, 1)));
    out.add(weight("a huge size", shape, 4, 0, d(1L << 62), d(1)));
    out.add(weight("sizes whose product overflows", shape, 4, 0, d(1L << 35, 1L << 35), d(0, 0)));
    out.add(weight("a huge stride", shape, 4, 0, d(2, 2), d(1L << 62, 1)));
    out.add(weight("a huge offset", fewer, 4, Long.MAX_VALUE - 8, d(1), d(1)));
    out.add(weight("more sizes than strides", shape, 4, 0, d(2, 2), d(1)));
    out.add(weight("nine dimensions", shape, 4, 0, new long[9], new long[9]));
    out.add(weight("more values than the record has", "announces 5", 5, 0, d(4), d(1)));
    out.add(weight("fewer values than the record has", "announces 3", 3, 0, d(3), d(1)));
    out.add(weight("a negative number of values", "announces -1", -1, 0, d(0), d(1)));
    out.add(weight("a number that overflows in bytes", "announces", (1L << 62) + 4, 0, d(4), d(1)));
    String storage = "without a storage";
    out.add(pickled("a storage of an unknown type", "not supported", storage("QInt8Storage", "0")));
    out.add(
        pickled("a storage of complex numbers", "supported", storage("ComplexFloatStorage", "0")));
    out.add(pickled("a record that is not there", "lacks record", storage("FloatStorage", "9")));
    out.add(pickled("a record elsewhere", "lacks record", storage("FloatStorage", "../version")));
    out.add(
        pickled(
            "a storage's type by number",
            storage,
            p -> {
              p.op('(').text("storage").number(6).text("0").text("cpu").number(4);
              p.op('t', PickleForge.PERSISTENT);
            }));
    out.add(
        pickled(
            "a storage that is a number",
            "persistent id of another kind",
            p -> p.number(6).op(PickleForge.PERSISTENT)));
    out.add(
        pickled(
            "a tensor of a tensor",
            storage,
            p -> {
              p.global("torch._utils", "_rebuild_tensor_v2").op('(');
              p.tensor(4, 0, d(4), d(1)).number(0).numbers(4).numbers(1).op(0x89, 'N', 't', 'R');
            }));
    out.add(
        pickled(
            "a tensor with bits that change its values",
            "properties that are not known",
            p -> {
              p.global("torch._utils", "_rebuild_tensor_v2")
                  .op('(')
                  .storage("FloatStorage", "0", 4);
              p.number(0).numbers(4).numbers(1).op(0x89, 'N', '}', '(').text("neg").op(0x88, 'u');
              p.op('t', 'R');
            }));
    out.add(
        corrupt(
            "tensor: a record cut short",
            "but its record 'data/0' has 4 bytes",
            () -> new TinyArchive().record(new byte[4]).bytes()));
    out.add(
        corrupt(
            "tensor: an empty record",
            "but its record 'data/0' has 0 bytes",
            () -> new TinyArchive().record(new byte[0]).bytes()));
    out.add(
        unsafe(
            "tensor: a compressed record",
            "compresses the tensor 'data/0'",
            () ->
                new TinyArchive()
                    .zip()
                    .with(z -> z.get("data/0").deflate(new byte[16]))
                    .toBytes()));
    out.add(
        corrupt(
            "tensor: a network's record cut to half",
            "but its record 'data/3' has",
            () -> change(seed, "data/3", data -> Arrays.copyOf(data, data.length / 2))));
    out.add(
        corrupt(
            "tensor: a network's record without its last value",
            "but its record 'data/0' has",
            () -> change(seed, "data/0", data -> Arrays.copyOf(data, data.length - 4))));
    return out;
  }

  private static long[] d(long... values) {
    return values;
  }

  private static Consumer<PickleForge> storage(String type, String key) {
    return p -> p.storage(type, key, 4);
  }

  private static Attack pickled(String name, String words, Consumer<PickleForge> weight) {
    return corrupt("tensor: " + name, words, () -> new TinyArchive().weight(weight).bytes());
  }

  private static Attack weight(
      String name, String words, long count, long offset, long[] shape, long[] strides) {
    return pickled(name, words, p -> p.tensor(count, offset, shape, strides));
  }

  private static byte[] change(byte[] seed, String record, UnaryOperator<byte[]> change) {
    ForgedZip zip = ForgedZip.read(seed);
    ForgedZip.Entry entry = zip.get(record);
    entry.store(change.apply(entry.content()));
    return zip.toBytes();
  }
}
