// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.attack;

import java.nio.charset.StandardCharsets;

/** Writes a pickle opcode by opcode, as wrong as one likes. */
final class PickleForge {
  static final int MARK = '(';
  static final int STOP = '.';
  static final int REDUCE = 'R';
  static final int BUILD = 'b';
  static final int NONE = 'N';
  static final int EMPTY_DICT = '}';
  static final int EMPTY_LIST = ']';
  static final int EMPTY_TUPLE = ')';
  static final int APPEND = 'a';
  static final int APPENDS = 'e';
  static final int SETITEM = 's';
  static final int SETITEMS = 'u';
  static final int TUPLE = 't';
  static final int TUPLE1 = 0x85;
  static final int TUPLE2 = 0x86;
  static final int NEWOBJ = 0x81;
  static final int TRUE = 0x88;
  static final int PERSISTENT = 'Q';
  static final int STACK_GLOBAL = 0x93;

  private final ForgedZip.Out out = new ForgedZip.Out();

  PickleForge op(int... opcodes) {
    for (int opcode : opcodes) {
      out.write(opcode);
    }
    return this;
  }

  PickleForge times(int count, int... opcodes) {
    for (int i = 0; i < count; i++) {
      op(opcodes);
    }
    return this;
  }

  PickleForge global(String module, String name) {
    out.write('c');
    out.raw((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    return this;
  }

  PickleForge text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write('X');
    out.u32(bytes.length).raw(bytes);
    return this;
  }

  PickleForge number(long value) {
    if (value == (int) value) {
      out.write('J');
      out.u32(value);
    } else {
      out.write(0x8A);
      out.write(8);
      out.u64(value);
    }
    return this;
  }

  PickleForge numbers(long... values) {
    op(MARK);
    for (long value : values) {
      number(value);
    }
    return op(TUPLE);
  }

  PickleForge put(long index) {
    out.write('r');
    out.u32(index);
    return this;
  }

  PickleForge get(long index) {
    out.write('j');
    out.u32(index);
    return this;
  }

  PickleForge u32(long value) {
    out.u32(value);
    return this;
  }

  PickleForge raw(byte[] bytes) {
    out.raw(bytes);
    return this;
  }

  PickleForge storage(String type, String key, long count) {
    op(MARK).text("storage").global("torch", type).text(key).text("cpu").number(count);
    return op(TUPLE, PERSISTENT);
  }

  /** The arguments of _rebuild_tensor_v2 for a float tensor in record 0. */
  PickleForge tensorArguments(long count, long offset, long[] shape, long[] strides) {
    op(MARK).storage("FloatStorage", "0", count).number(offset).numbers(shape).numbers(strides);
    return op(0x89).global("collections", "OrderedDict").op(EMPTY_TUPLE, REDUCE, TUPLE);
  }

  PickleForge tensor(long count, long offset, long[] shape, long[] strides) {
    global("torch._utils", "_rebuild_tensor_v2");
    return tensorArguments(count, offset, shape, strides).op(REDUCE);
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
