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
import static org.yolotorch.attack.PickleForge.SETITEMS;
import static org.yolotorch.attack.PickleForge.STOP;
import static org.yolotorch.attack.PickleForge.TUPLE1;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Objects unlike their class, whose attributes LibTorch would read beyond their end. */
final class ObjectAttacks {
  private ObjectAttacks() {}

  private static Attack object(
      String name, String type, String words, Consumer<PickleForge> value) {
    String more = "class N(Module):\n  a : int\n  b : Tensor\n";
    return corrupt(
        "object: " + name,
        words,
        () ->
            new TinyArchive()
                .attribute("own", type, value)
                .methods(TinyArchive.code("") + more)
                .bytes());
  }

  static List<Attack> all() {
    List<Attack> out = new ArrayList<>();
    String words = "'__torch__.M' whose 'own' is no ";
    out.add(object("a number for a module", "__torch__.N", words, p -> p.number(1)));
    out.add(
        object(
            "an object of another class",
            "__torch__.N",
            words + "__torch__.N",
            p -> p.global("__torch__", "M").op(EMPTY_TUPLE, NEWOBJ, EMPTY_DICT, BUILD)));
    out.add(
        object(
            "an object without attributes",
            "__torch__.N",
            "'__torch__.N' whose 'a' is no int",
            p -> p.global("__torch__", "N").op(EMPTY_TUPLE, NEWOBJ, EMPTY_DICT, BUILD)));
    out.add(object("a text for a tensor", "Tensor", words + "Tensor", p -> p.text("no")));
    out.add(object("a tuple too short", "Tuple[int, int]", words, p -> p.number(1).op(TUPLE1)));
    out.add(object("a list for a dict", "Dict[str, int]", words, p -> p.op(EMPTY_LIST)));
    out.add(object("None for a number", "int", words + "int", p -> p.op(NONE)));
    out.add(
        object(
            "texts in a list of numbers",
            "List[int]",
            words + "List[int]",
            p -> p.op(EMPTY_LIST).text("no").op(APPEND)));
    out.add(
        corrupt(
            "object: of a class that is not defined",
            "which its code does not define",
            () ->
                new TinyArchive()
                    .pickle(
                        p ->
                            p.global("__torch__", "X")
                                .op(EMPTY_TUPLE, NEWOBJ, EMPTY_DICT, BUILD, STOP))
                    .bytes()));
    out.add(
        unsafe(
            "object: an attribute of any type",
            "an attribute that is a 'Any'",
            () -> new TinyArchive().attribute("own", "Any", p -> p.number(1)).bytes()));
    out.add(
        corrupt(
            "object: no module at all",
            "holds no module",
            () -> new TinyArchive().pickle(p -> p.op(EMPTY_LIST, STOP)).bytes()));
    out.add(
        unsafe(
            "object: modules 70 deep",
            "nests modules deeper than any model does",
            () -> new TinyArchive().pickle(p -> deepModules(p, 70, "m")).bytes()));
    out.add(
        unsafe(
            "object: modules that share their children",
            "nests modules deeper than any model does",
            () -> new TinyArchive().pickle(ObjectAttacks::sharedModules).bytes()));
    out.add(
        unsafe(
            "object: modules that share their tensors",
            "holds absurdly many tensors",
            () -> new TinyArchive().pickle(ObjectAttacks::sharedTensors).bytes()));
    out.add(
        unsafe(
            "object: modules with names of 400 bytes within each other",
            "a path of absurd length",
            () -> new TinyArchive().pickle(p -> deepModules(p, 10, "m".repeat(400))).bytes()));
    out.add(
        unsafe(
            "object: an attribute named twice",
            "names an attribute twice",
            () -> new TinyArchive().attribute("weight", "Tensor", p -> p.op(NONE)).bytes()));
    return out;
  }

  private static void deepModules(PickleForge p, int depth, String name) {
    for (int i = 0; i < depth; i++) {
      p.global("__torch__", "M").op(EMPTY_TUPLE, NEWOBJ, EMPTY_DICT, MARK).text(name);
    }
    p.op(NONE);
    for (int i = 0; i < depth; i++) {
      p.op(SETITEMS, BUILD);
    }
    p.op(STOP);
  }

  /** Two to the power of forty modules in forty objects, the last of which is the root. */
  private static void sharedModules(PickleForge p) {
    p.global("__torch__", "M").op(EMPTY_TUPLE, NEWOBJ, EMPTY_DICT, MARK).text("list").op(MARK);
    p.op(NONE).put(0);
    for (int i = 1; i <= 40; i++) {
      p.global("__torch__", "M").op(EMPTY_TUPLE, NEWOBJ, EMPTY_DICT, MARK);
      p.text("a").get(i - 1).text("b").get(i - 1).op(SETITEMS, BUILD).put(i);
    }
    p.op('t').text("top").get(40).op(SETITEMS, BUILD, STOP);
  }

  /** A thousand modules with the same ten thousand tensors, which are one. */
  private static void sharedTensors(PickleForge p) {
    p.global("__torch__", "M").op(EMPTY_TUPLE, NEWOBJ, EMPTY_DICT, MARK).text("list").op(MARK);
    p.tensor(4, 0, new long[] {4}, new long[] {1}).put(2).op(EMPTY_DICT).put(3);
    p.op(MARK);
    for (int i = 0; i < 10_000; i++) {
      p.text("a" + i).get(2);
    }
    p.op(SETITEMS, 't');
    for (int i = 0; i < 1_000; i++) {
      p.text("m" + i).global("__torch__", "M").op(EMPTY_TUPLE, NEWOBJ).get(3).op(BUILD);
    }
    p.op(SETITEMS, BUILD, STOP);
  }
}
