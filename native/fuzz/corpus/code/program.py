class M(Module):
  weight : Tensor
  inner : __torch__.a.N
  def forward(self: __torch__.a.M,
    x: Tensor) -> Tensor:
    weight = self.weight
    y = torch.contiguous(torch.slice(torch.conv2d(x, weight), 1, 0, 3))
    a, b, = torch.split(torch.relu_(y), 2, 1)
    n = torch.size(x, 2)
    z = torch.zeros([1, int(n)], dtype=6, layout=None, device=torch.device("cpu"), pin_memory=False)
    c = torch.copy_(torch.select(z, 0, 0), torch.to(CONSTANTS.c0, 6))
    _0 = annotate(List[Optional[Tensor]], [None, (self.inner).forward(a, )])
    if bool(torch.gt(n, 3)):
      d = torch.add_(b, 1)
    else:
      d = torch.floor_divide(b, 2)
    for i in range(3):
      d = torch.neg(d)
    while torch.__isnot__(d, None):
      d = torch.cat([d, d], 1)
    return torch.index(d, _0)
class N(Module):
  def forward(self: __torch__.a.N,
    x: Tensor) -> Tensor:
    return torch.mul_(getattr(self, "0"), (x, 1.5)[0])
