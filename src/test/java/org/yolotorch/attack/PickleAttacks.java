// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.attack;

import static org.yolotorch.attack.Attack.corrupt;
import static org.yolotorch.attack.Attack.unsafe;
import static org.yolotorch.attack.PickleForge.APPEND;
import static org.yolotorch.attack.PickleForge.APPENDS;
import static org.yolotorch.attack.PickleForge.BUILD;
import static org.yolotorch.attack.PickleForge.EMPTY_DICT;
import static org.yolotorch.attack.PickleForge.EMPTY_LIST;
import static org.yolotorch.attack.PickleForge.EMPTY_TUPLE;
import static org.yolotorch.attack.PickleForge.MARK;
import static org.yolotorch.attack.PickleForge.NEWOBJ;
import static org.yolotorch.attack.PickleForge.NONE;
import static org.yolotorch.attack.PickleForge.REDUCE;
import static org.yolotorch.attack.PickleForge.SETITEMS;
import static org.yolotorch.attack.PickleForge.STACK_GLOBAL;
import static org.yolotorch.attack.PickleForge.STOP;
import static org.yolotorch.attack.PickleForge.TUPLE1;
import static org.yolotorch.attack.PickleForge.TUPLE2;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Pickles that exhaust a reader, call what they should not, or mean two things. */
final class PickleAttacks {
  private static final String DEEP = "nests values more than 1000 deep";

  private PickleAttacks() {}

  static List<Attack> all() {
    List<Attack> attacks = new ArrayList<>();
    exhaustion(attacks);
    structure(attacks);
    names(attacks);
    doubleMeanings(attacks);
    return attacks;
  }

  private static Attack unsafePickle(String name, String words, Consumer<PickleForge> writer) {
    return unsafe("pickle: " + name, words, () -> new TinyArchive().pickle(writer).bytes());
  }

  private static Attack corruptPickle(String name, String words, Consumer<PickleForge> writer) {
    return corrupt("pickle: " + name, words, () -> new TinyArchive().pickle(writer).bytes());
  }

  /** M5, M7, M12. */
  private static void exhaustion(List<Attack> out) {
    out.add(
        unsafePickle("50,000 nested tuples", DEEP, p -> p.op(NONE).times(50_000, TUPLE1).op(STOP)));
    out.add(
        unsafePickle(
            "100,000 nested lists",
            DEEP,
            p -> p.times(100_000, EMPTY_LIST).times(99_999, APPEND).op(STOP)));
    out.add(
        unsafePickle(
            "1,000,000 nested lists",
            "holds more than 250000 values",
            p -> p.times(1_000_000, EMPTY_LIST).times(999_999, APPEND).op(STOP)));
    out.add(
        unsafePickle(
            "depth hidden by the memo: inside before outside",
            DEEP,
            p -> {
              p.op(MARK, NONE, TUPLE1).put(0);
              for (int i = 0; i < 5_000; i++) {
                p.get(i % 2).op(TUPLE1).put((i + 1) % 2);
              }
              p.op('t', STOP);
            }));
    out.add(
        unsafePickle(
            "depth hidden by the memo: outside before inside",
            DEEP,
            p -> {
              p.op(MARK);
              for (int i = 0; i < 5_000; i++) {
                p.op(EMPTY_LIST).put(i);
              }
              for (int i = 4_998; i >= 0; i--) {
                p.get(i).get(i + 1).op(APPEND);
              }
              p.op('t', STOP);
            }));
    out.add(
        unsafePickle(
            "depth in an argument that is dropped",
            DEEP,
            p ->
                p.global("collections", "OrderedDict")
                    .op(EMPTY_TUPLE, NONE)
                    .times(50_000, TUPLE1)
                    .op(TUPLE2, REDUCE, STOP)));
    out.add(
        unsafePickle(
            "a list that contains itself",
            "holds a value that contains itself",
            p -> p.op(EMPTY_LIST).put(0).get(0).op(APPEND, STOP)));
    out.add(
        unsafePickle(
            "a circle through a dict",
            "holds a value that contains itself",
            p -> p.op(EMPTY_DICT).put(0).op(MARK).text("a").get(0).op(TUPLE1, SETITEMS, STOP)));
    out.add(
        corruptPickle(
            "memo index 0x10000000",
            "uses an absurd memo index",
            p -> p.op(NONE).put(0x10000000L).op(STOP)));
    out.add(
        corruptPickle(
            "memo index 0xFFFFFFFF",
            "uses an absurd memo index",
            p -> p.op(NONE).put(0xFFFFFFFFL).op(STOP)));
    out.add(
        corruptPickle(
            "a text of 4 GiB", "is cut short", p -> p.op('X').u32(0xFFFFFFFFL).op('a', STOP)));
    out.add(
        unsafePickle(
            "16 MiB of None",
            "holds more than 250000 values",
            p -> p.times((16 << 20) - 100, NONE).op(STOP)));
    out.add(
        unsafePickle(
            "16 MiB of marks",
            "opens absurdly many groups",
            p -> p.times((16 << 20) - 100, MARK).op(STOP)));
    out.add(
        unsafePickle(
            "17 MiB", "a pickle of more than 16 MiB", p -> p.times(17 << 20, NONE).op(STOP)));
    out.add(
        unsafePickle(
            "one value four million times",
            "holds more than 4000000 items",
            p -> {
              p.op(EMPTY_LIST, MARK, NONE, 'q', 0);
              for (int i = 0; i < 3_000; i++) {
                p.op(MARK);
                for (int j = 0; j < 1_400; j++) {
                  p.op('h', 0);
                }
                p.op('t');
              }
              p.op(APPENDS, STOP);
            }));
    out.add(
        unsafePickle(
            "40 numbers that collide in a hash table",
            "keys are made to collide",
            p -> {
              p.op(EMPTY_DICT, MARK);
              for (long i = 1; i <= 40; i++) {
                p.number(i * 0xF1DE83E19937733DL).op(NONE);
              }
              p.op(SETITEMS, STOP);
            }));
    String types = "List[".repeat(50_000) + "int" + "]".repeat(50_000);
    out.add(
        unsafePickle(
            "50,000 nested types in a tag",
            "nests types more than 20 deep",
            p ->
                p.global("torch.jit._pickle", "restore_type_tag")
                    .op(EMPTY_LIST)
                    .text(types)
                    .op(TUPLE2, REDUCE, STOP)));
  }

  private static void structure(List<Attack> out) {
    out.add(
        corruptPickle(
            "an odd dict",
            "a dict key without a value",
            p -> p.op(EMPTY_DICT, MARK).text("a").op(SETITEMS, STOP)));
    out.add(
        corruptPickle(
            "a dict entry into a list",
            "adds items to what cannot hold them",
            p -> p.op(EMPTY_LIST, MARK).text("a").op(NONE, SETITEMS, STOP)));
    out.add(
        corruptPickle(
            "a group that was not begun",
            "ends a group that was not begun",
            p -> p.op(EMPTY_LIST, NONE, APPENDS, STOP)));
    out.add(
        corruptPickle(
            "a group that does not end", "ends with values left", p -> p.op(MARK, NONE, STOP)));
    out.add(
        corruptPickle(
            "a value from below a mark",
            "takes a value from an empty stack",
            p -> p.op(EMPTY_LIST, MARK, APPEND, STOP)));
    out.add(corruptPickle("an empty stack", "takes a value from an empty stack", p -> p.op(STOP)));
    out.add(corruptPickle("two values", "ends with values left", p -> p.op(NONE, NONE, STOP)));
    out.add(
        corruptPickle(
            "a value that was never stored",
            "recalls a value it never stored",
            p -> p.op(NONE).put(7).get(3).op(TUPLE2, STOP)));
    out.add(corruptPickle("no end", "is cut short", p -> p.op(NONE)));
    out.add(corruptPickle("a newer protocol", "unknown protocol", p -> p.op(0x80, 4, NONE, STOP)));
    for (int opcode : new int[] {'0', '1', '2', 'i', 'o', 'P', 'l', 'd', 0x82, 0x8B, 0x95, 0x97}) {
      out.add(
          corruptPickle(
              "opcode " + opcode,
              "an opcode that such files do not use (" + opcode + ")",
              p -> p.op(NONE, opcode, 0, 0, 0, 0, STOP)));
    }
  }

  private static void names(List<Attack> out) {
    String[][] names = {
      {"os", "system"},
      {"builtins", "eval"},
      {"posix", "system"},
      {"torch", "load"},
      {"__torch__.torch.classes", "dist_c10d.FileStore"},
      {"__torch__.torch.classes.rnn", "CellParamsBase"},
      {"torch._tensor", "_rebuild_from_type_v2"},
      {"torch._utils", "_rebuild_qtensor"},
      {"torch._utils", "_rebuild_sparse_tensor"},
      {"torch", "Size"},
    };
    for (String[] name : names) {
      String full = name[0] + "." + name[1];
      out.add(
          unsafePickle(
              "calls " + full,
              "refers to '" + full + "'",
              p -> p.global(name[0], name[1]).text("id").op(TUPLE1, REDUCE, STOP)));
    }
    out.add(
        corruptPickle(
            "a name from the stack",
            "such files do not use (147)",
            p -> p.text("os").text("system").op(STACK_GLOBAL, STOP)));
    out.add(
        corruptPickle(
            "calls a number",
            "makes an object of no class",
            p -> p.number(0).op(EMPTY_TUPLE, REDUCE, STOP)));
    out.add(
        unsafePickle(
            "a name of 1 MiB",
            "aaaa...'",
            p -> p.global("a".repeat(1 << 20), "b").op(EMPTY_TUPLE, REDUCE, STOP)));
  }

  /** What LibTorch's reader understands otherwise than Python's. */
  private static void doubleMeanings(List<Attack> out) {
    out.add(
        corruptPickle(
            "BUILD that calls a function by its number",
            "builds what is no new object",
            p ->
                p.global("torch._utils", "_rebuild_tensor_v2")
                    .put(0)
                    .op(MARK)
                    .get(0)
                    .number(0)
                    .tensorArguments(4, 0, new long[] {1 << 30}, new long[] {1})
                    .op(BUILD, 't', STOP)));
    out.add(
        corruptPickle(
            "BUILD that calls a function by its name",
            "builds what is no new object",
            p ->
                p.global("torch._utils", "_rebuild_tensor_v2")
                    .tensorArguments(4, 0, new long[] {1 << 30}, new long[] {1})
                    .op(BUILD, STOP)));
    out.add(
        unsafePickle(
            "NEWOBJ of a function",
            "asks to call 'torch._utils._rebuild_tensor_v2'",
            p ->
                p.global("torch._utils", "_rebuild_tensor_v2")
                    .tensorArguments(4, 0, new long[] {4}, new long[] {1})
                    .op(NEWOBJ)
                    .tensorArguments(4, 0, new long[] {1 << 30}, new long[] {1})
                    .op(BUILD, STOP)));
    out.add(
        unsafePickle(
            "a storage's name called, which is a number",
            "asks to call 'torch.ByteStorage'",
            p ->
                p.global("torch._utils", "_rebuild_tensor_v2")
                    .global("torch", "ByteStorage")
                    .tensorArguments(4, 0, new long[] {1 << 30}, new long[] {1})
                    .op(REDUCE, TUPLE2, STOP)));
    out.add(
        unsafePickle(
            "a class called",
            "asks to call '__torch__.M'",
            p -> p.global("__torch__", "M").op(EMPTY_DICT, TUPLE1, REDUCE, STOP)));
    out.add(
        corruptPickle(
            "an object built twice",
            "builds what is no new object",
            p ->
                p.global("__torch__", "M")
                    .op(EMPTY_TUPLE, NEWOBJ, EMPTY_DICT, BUILD, EMPTY_DICT, BUILD, STOP)));
    out.add(
        corruptPickle(
            "an object remembered before it is built",
            "remembers an object without its state",
            p ->
                p.global("__torch__", "M")
                    .op(EMPTY_TUPLE, NEWOBJ)
                    .put(0)
                    .op(EMPTY_DICT, BUILD, STOP)));
    out.add(
        corruptPickle(
            "an object that is never built",
            "leaves an object without its state",
            p -> p.global("__torch__", "M").op(EMPTY_TUPLE, NEWOBJ, STOP)));
    out.add(
        unsafePickle(
            "a tag that makes objects of another class",
            "refers to 'List[__torch__.N]'",
            p ->
                p.global("torch.jit._pickle", "restore_type_tag")
                    .op(EMPTY_LIST)
                    .text("List[__torch__.N]")
                    .op(TUPLE2, REDUCE, STOP)));
  }
}
