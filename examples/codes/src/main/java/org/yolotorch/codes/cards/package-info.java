// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
/**
 * Flat things that symbols are printed on: labels, sheets, packages, screens, and what is around
 * the symbols.
 */
package org.yolotorch.codes.cards;
