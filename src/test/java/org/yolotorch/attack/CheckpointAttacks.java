// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.attack;

import static org.yolotorch.attack.Attack.corrupt;
import static org.yolotorch.attack.Attack.unsafe;
import static org.yolotorch.attack.PickleForge.APPEND;
import static org.yolotorch.attack.PickleForge.BUILD;
import static org.yolotorch.attack.PickleForge.EMPTY_DICT;
import static org.yolotorch.attack.PickleForge.EMPTY_LIST;
import static org.yolotorch.attack.PickleForge.EMPTY_TUPLE;
import static org.yolotorch.attack.PickleForge.MARK;
import static org.yolotorch.attack.PickleForge.NEWOBJ;
import static org.yolotorch.attack.PickleForge.NONE;
import static org.yolotorch.attack.PickleForge.REDUCE;
import static org.yolotorch.attack.PickleForge.SETITEM;
import static org.yolotorch.attack.PickleForge.SETITEMS;
import static org.yolotorch.attack.PickleForge.STACK_GLOBAL;
import static org.yolotorch.attack.PickleForge.STOP;
import static org.yolotorch.attack.PickleForge.TUPLE;
import static org.yolotorch.attack.PickleForge.TUPLE1;
import static org.yolotorch.attack.PickleForge.TUPLE2;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Checkpoints that call what no training needs, or stand for more than they are. */
final class CheckpointAttacks {
  private CheckpointAttacks() {}

  static List<Attack> all() {
    List<Attack> out = new ArrayList<>();
    for (String[] name :
        new String[][] {
          {"os", "system"},
          {"posix", "system"},
          {"builtins", "eval"},
          {"builtins", "exec"},
          {"subprocess", "Popen"},
          {"runpy", "_run_code"},
          {"torchx", "y"}
        }) {
      String full = name[0] + "." + name[1];
      out.add(
          member(
              "calls " + full,
              "asks to call '" + full + "'",
              p -> p.global(name[0], name[1]).text("id").op(TUPLE1, REDUCE)));
    }
    out.add(
        member(
            "calls a name from the stack",
            "asks to call 'os.system'",
            p -> p.text("os").text("system").op(STACK_GLOBAL).text("id").op(TUPLE1, REDUCE)));
    out.add(
        member(
            "sizes that copy one tuple again and again",
            "holds more than 4000000 items",
            p -> {
              p.op(MARK).op(MARK).times(10_000, NONE).op(TUPLE).put(1);
              p.global("torch", "Size").put(2);
              for (int i = 0; i < 1_000; i++) {
                p.get(2).get(1).op(TUPLE1, REDUCE);
              }
              p.op(TUPLE);
            }));
    out.add(
        member(
            "dicts that copy one list of pairs again and again",
            "holds more than 4000000 items",
            p -> {
              p.op(MARK).op(MARK).times(5_000, NONE, NONE, TUPLE2).op(TUPLE).put(1);
              p.global("collections", "OrderedDict").put(2);
              for (int i = 0; i < 1_000; i++) {
                p.get(2).get(1).op(TUPLE1, REDUCE);
              }
              p.op(TUPLE);
            }));
    String many = "absurdly many attributes, or one with an absurdly long name";
    out.add(
        unsafe(
            "checkpoint: modules that share their attributes",
            many,
            () -> checkpoint(p -> p.text("_modules"), CheckpointAttacks::sharedAttributes)));
    out.add(
        unsafe(
            "checkpoint: a module's name of 1 MiB",
            many,
            () ->
                checkpoint(
                    p -> p.text("_modules"),
                    p -> module(p.op(EMPTY_DICT).text("a".repeat(1 << 20)), e -> {}).op(SETITEM))));
    out.add(
        corrupt(
            "checkpoint: modules 100 deep",
            "nests modules deeper than any model does",
            () -> checkpoint(p -> p.text("_modules"), p -> deepModules(p, 100, "a"))));
    out.add(
        unsafe(
            "checkpoint: modules with names of 400 bytes within each other",
            "a module of absurdly long path",
            () -> checkpoint(p -> p.text("_modules"), p -> deepModules(p, 10, "a".repeat(400)))));
    out.add(
        corrupt(
            "checkpoint: a module that contains itself",
            "nests modules deeper than any model does",
            () ->
                checkpoint(
                    p -> p.text("_modules"),
                    p -> {
                      p.op(EMPTY_DICT).put(9).text("a");
                      module(p, e -> e.text("_modules").get(9).op(SETITEM)).op(SETITEM);
                    })));
    out.add(
        unsafe(
            "checkpoint: a million nested lists",
            "holds more than 250000 values",
            () ->
                checkpoint(
                    p -> p.text("x"), p -> p.times(1_000_000, EMPTY_LIST).times(999_999, APPEND))));
    out.add(
        corrupt(
            "checkpoint: memo index 0xFFFFFFFF",
            "uses an absurd memo index",
            () -> checkpoint(p -> p.text("x"), p -> p.op(NONE).put(0xFFFFFFFFL))));
    out.add(
        corrupt(
            "checkpoint: a text of 4 GiB",
            "is cut short",
            () -> checkpoint(p -> p.text("x"), p -> p.op('X').u32(0xFFFFFFFFL))));
    out.add(
        corrupt(
            "checkpoint: class names of 1 MiB",
            "class names that are no list of texts",
            () ->
                checkpoint(
                    p -> p.text("names"),
                    p -> p.op(EMPTY_DICT).number(0).text("a".repeat(1 << 20)).op(SETITEM))));
    out.add(
        corrupt(
            "checkpoint: a tensor cut short",
            "but its record 'data/0' has 16 bytes",
            () ->
                checkpoint(
                    p -> p.text("_buffers"),
                    p ->
                        p.op(EMPTY_DICT)
                            .text("a")
                            .tensor(216, 0, new long[] {216}, new long[] {1})
                            .op(SETITEM))));
    return out;
  }

  private static Attack member(String name, String words, Consumer<PickleForge> value) {
    return unsafe("checkpoint: " + name, words, () -> checkpoint(p -> p.text("x"), value));
  }

  /** A checkpoint whose model has this attribute besides what every model has. */
  static byte[] checkpoint(Consumer<PickleForge> key, Consumer<PickleForge> value) {
    PickleForge p = new PickleForge().op(0x80, 2, EMPTY_DICT).text("model");
    module(
        p,
        e -> {
          e.text("yaml").op(EMPTY_DICT, SETITEM);
          key.accept(e);
          value.accept(e);
          e.op(SETITEM);
        });
    ForgedZip zip = new ForgedZip();
    zip.addFull("archive/data.pkl", p.op(SETITEM, STOP).bytes());
    zip.add("data/0", new byte[16]);
    zip.add("version", TinyArchive.utf8("3\n"));
    return zip.toBytes();
  }

  /** An object whose attributes are an empty dict with what is added. */
  private static PickleForge module(PickleForge p, Consumer<PickleForge> attributes) {
    p.global("ultralytics.nn.tasks", "DetectionModel").op(EMPTY_TUPLE, NEWOBJ, EMPTY_DICT);
    attributes.accept(p);
    return p.op(BUILD);
  }

  private static void deepModules(PickleForge p, int depth, String name) {
    p.op(EMPTY_DICT);
    if (depth > 0) {
      p.text(name);
      module(
              p,
              e -> {
                deepModules(e.text("_modules"), depth - 1, name);
                e.op(SETITEM);
              })
          .op(SETITEM);
    }
  }

  /** A thousand modules in a module, each with the same ten thousand buffers. */
  private static void sharedAttributes(PickleForge p) {
    p.op(EMPTY_DICT).text("first");
    module(
        p,
        e -> {
          e.text("_buffers").op(EMPTY_DICT).put(5).op(MARK);
          e.text("a").put(6).tensor(4, 0, new long[] {4}, new long[] {1}).put(7);
          for (int i = 0; i < 10_000; i++) {
            e.get(6).get(7);
          }
          e.op(SETITEMS, SETITEM);
        });
    p.op(SETITEM, MARK);
    for (int i = 0; i < 1_000; i++) {
      p.text("m" + i);
      module(p, e -> e.text("_buffers").get(5).op(SETITEM));
    }
    p.op(SETITEMS);
  }
}
